package io.irpc.transport;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Which thread leads an event loop, and that there is always one.
 */
@Timeout(30)
class LeaderEventLoopTests {

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	private final LeaderEventLoop loop = new LeaderEventLoop(this.group, this.threads, NioIoHandler.newFactory());

	@AfterEach
	void end() {
		this.loop.shutdownGracefully();
		assertThat(this.loop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void whenTheTurnIsOverThenTheSameThreadIsOutsideOfTheLoop() {
		CompletableFuture<List<Object>> inside = new CompletableFuture<>();
		CompletableFuture<List<Object>> outside = new CompletableFuture<>();
		this.loop.execute(() -> {
			leadership().afterTurn(() -> outside.complete(List.of(Thread.currentThread(), this.loop.inEventLoop())));
			inside.complete(List.of(Thread.currentThread(), this.loop.inEventLoop()));
		});
		Thread leader = (Thread) inside.join().get(0);
		assertThat(inside.join()).containsExactly(leader, true);
		assertThat(outside.join()).containsExactly(leader, false);
	}

	@Test
	void whenWhatIsDoneOutsideDoesNotHandOverThenTheLoopGoesOnBehindIt() {
		List<String> order = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch done = new CountDownLatch(1);
		this.loop.execute(() -> leadership().afterTurn(() -> {
			this.loop.execute(() -> {
				order.add("task");
				done.countDown();
			});
			order.add("work");
		}));
		assertThat(done).satisfies(CountDownLatch::await);
		assertThat(order).containsExactly("work", "task");
	}

	@Test
	void whenSomethingIsAskedForTwiceThenItIsDoneOnceBehindWhatIsBeingDone() {
		AtomicInteger count = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(2);
		Runnable work = () -> {
			count.incrementAndGet();
			done.countDown();
		};
		this.loop.execute(() -> {
			leadership().afterTurn(() -> leadership().afterTurn(work));
			leadership().afterTurn(work);
			leadership().afterTurn(work);
		});
		assertThat(done).satisfies(CountDownLatch::await);
		assertThat(this.loop.submit(() -> {
		}).awaitUninterruptibly().isSuccess()).isTrue();
		assertThat(count).hasValue(2);
	}

	@Test
	void whenManyTasksWaitThenOneTurnIsEnoughForThem() {
		int tasks = 1000;
		AtomicInteger done = new AtomicInteger();
		CompletableFuture<Integer> doneInTurn = new CompletableFuture<>();
		this.loop.execute(() -> {
			this.loop.execute(() -> leadership().afterTurn(() -> doneInTurn.complete(done.get())));
			for (int i = 0; i < tasks; i++) {
				this.loop.execute(done::incrementAndGet);
			}
		});
		assertThat(doneInTurn.join()).isEqualTo(tasks);
	}

	@Test
	void whenATaskGivesRiseToOthersThenTheyAreOfTheSameTurn() {
		AtomicInteger done = new AtomicInteger();
		CompletableFuture<Integer> doneInTurn = new CompletableFuture<>();
		this.loop.execute(() -> {
			leadership().afterTurn(() -> doneInTurn.complete(done.get()));
			done.incrementAndGet();
			this.loop.execute(done::incrementAndGet);
		});
		assertThat(doneInTurn.join()).isEqualTo(2);
	}

	@Test
	void whenATaskIsAlwaysFollowedByAnotherThenSocketsHaveTheirTurn() {
		AtomicInteger count = new AtomicInteger();
		CompletableFuture<Integer> turnEnded = new CompletableFuture<>();
		Runnable endless = new Runnable() {

			@Override
			public void run() {
				count.incrementAndGet();
				if (!turnEnded.isDone()) {
					LeaderEventLoopTests.this.loop.execute(this);
				}
			}

		};
		this.loop.execute(() -> {
			leadership().afterTurn(() -> turnEnded.complete(count.get()));
			endless.run();
		});
		assertThat(turnEnded.join()).isPositive();
	}

	@Test
	void whenWhatIsDoneOutsideTakesLongThenAnotherThreadLeads() {
		CompletableFuture<Leadership> first = new CompletableFuture<>();
		CountDownLatch released = new CountDownLatch(1);
		AtomicReference<@Nullable Thread> stuck = new AtomicReference<>();
		CountDownLatch later = new CountDownLatch(1);
		this.loop.execute(() -> leadership().afterTurn(() -> {
			stuck.set(Thread.currentThread());
			leadership().afterTurn(later::countDown);
			first.complete(leadership());
			assertThat(released).satisfies(CountDownLatch::await);
		}));
		Leadership leadership = first.join();
		CompletableFuture<Thread> task = new CompletableFuture<>();
		this.loop.execute(() -> task.complete(Thread.currentThread()));
		leadership.handOver();
		assertThat(task.join()).isNotSameAs(stuck.get());
		released.countDown();
		assertThat(later).satisfies(CountDownLatch::await);
		CompletableFuture<Thread> next = new CompletableFuture<>();
		this.loop.execute(() -> next.complete(Thread.currentThread()));
		assertThat(next.join()).isSameAs(task.join());
	}

	@Test
	void whenTheLeaderIsInsideThenItIsNotReplaced() {
		CompletableFuture<Leadership> first = new CompletableFuture<>();
		this.loop.execute(() -> first.complete(leadership()));
		Leadership leadership = first.join();
		CompletableFuture<Thread> before = new CompletableFuture<>();
		this.loop.execute(() -> {
			leadership.handOver();
			before.complete(Thread.currentThread());
		});
		before.join();
		for (int i = 0; i < 100; i++) {
			leadership.handOver();
			CompletableFuture<Thread> thread = new CompletableFuture<>();
			this.loop.execute(() -> thread.complete(Thread.currentThread()));
			assertThat(thread.join()).isSameAs(before.join());
		}
	}

	@Test
	void whenTasksAreToRunNowThenTheyRunInTheLoopOnTheLeader() {
		CompletableFuture<List<Object>> result = new CompletableFuture<>();
		this.loop.execute(() -> leadership().afterTurn(() -> {
			List<Object> seen = new ArrayList<>();
			Thread leader = Thread.currentThread();
			this.loop.execute(() -> seen.add(this.loop.inEventLoop(leader)));
			leadership().runLoopTasks();
			seen.add(this.loop.inEventLoop());
			result.complete(seen);
		}));
		assertThat(result.join()).containsExactly(true, false);
	}

	@Test
	void whenLeadersChangeAllTheTimeThenOneAtATimeIsInsideAndEachTaskRunsOnceInItsOrder() throws Exception {
		int submitters = 4;
		int tasks = 5_000;
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger violations = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(submitters * tasks);
		int[] next = new int[submitters];
		for (int i = 0; i < submitters; i++) {
			int submitter = i;
			this.threads.execute(() -> {
				for (int j = 0; j < tasks; j++) {
					int number = j;
					this.loop.execute(() -> {
						boolean alone = inside.incrementAndGet() == 1 && this.loop.inEventLoop();
						boolean inOrder = next[submitter]++ == number;
						if (!alone || !inOrder) {
							violations.incrementAndGet();
						}
						if (number % 5 == 0) {
							leadership().afterTurn(() -> workAndHandOver(leadership()));
						}
						inside.decrementAndGet();
						done.countDown();
					});
				}
			});
		}
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(violations).hasValue(0);
	}

	private void workAndHandOver(Leadership leadership) {
		int kind = ThreadLocalRandom.current().nextInt(8);
		if (kind < 2) {
			leadership.handOver();
		}
		if (kind == 1) {
			this.threads.execute(leadership::handOver);
			Thread.yield();
		}
		if (kind == 2) {
			leadership.runLoopTasks();
		}
	}

	@Test
	void whenATaskOrAWorkFailsThenTheLoopGoesOn() {
		CompletableFuture<String> result = new CompletableFuture<>();
		this.loop.execute(() -> {
			leadership().afterTurn(() -> {
				throw new IllegalStateException("on purpose");
			});
			throw new IllegalStateException("on purpose");
		});
		this.loop.schedule(() -> result.complete("gone on"), 1, TimeUnit.MILLISECONDS);
		assertThat(result.join()).isEqualTo("gone on");
	}

	@Test
	void whenNoThreadCanBeStartedThenTheTaskIsRefusedAndTheNextOneTriesAgain() {
		AtomicInteger attempts = new AtomicInteger();
		LeaderEventLoop unlucky = new LeaderEventLoop(this.group, (task) -> {
			if (attempts.incrementAndGet() == 1) {
				throw new OutOfMemoryError("on purpose");
			}
			this.threads.execute(task);
		}, NioIoHandler.newFactory());
		AtomicInteger refused = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(1);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> unlucky.execute(refused::incrementAndGet));
		unlucky.execute(done::countDown);
		assertThat(done).satisfies(CountDownLatch::await);
		assertThat(refused).hasValue(0);
		unlucky.shutdownGracefully().awaitUninterruptibly();
	}

	@Test
	void whenItIsShutDownThenWhatItWasGivenIsDoneAndMoreIsRefused() {
		CountDownLatch done = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.loop.execute(() -> assertThat(go).satisfies(CountDownLatch::await));
		this.loop.execute(done::countDown);
		this.loop.shutdownGracefully();
		this.loop.shutdownGracefully();
		assertThat(this.loop.isShuttingDown()).isTrue();
		assertThat(this.loop.isTerminated()).isFalse();
		go.countDown();
		assertThat(this.loop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
		assertThat(done.getCount()).isZero();
		assertThat(this.loop.isTerminated()).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.loop.execute(() -> {
		}));
	}

	@Test
	void whenItIsShutDownWhileItsLeaderIsStuckOutsideThenAnotherThreadEndsIt() {
		CompletableFuture<Leadership> first = new CompletableFuture<>();
		CountDownLatch released = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		this.loop.execute(() -> leadership().afterTurn(() -> {
			first.complete(leadership());
			assertThat(released).satisfies(CountDownLatch::await);
			leadership().afterTurn(ended::countDown);
		}));
		Leadership leadership = first.join();
		this.loop.shutdownGracefully();
		leadership.handOver();
		assertThat(this.loop.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
		released.countDown();
		assertThat(ended).satisfies(CountDownLatch::await);
	}

	@Test
	void whenItHasEndedThenWhatIsLeftIsDoneOutsideOfIt() {
		CompletableFuture<Boolean> inside = new CompletableFuture<>();
		this.loop.execute(() -> {
			leadership().afterTurn(() -> inside.complete(this.loop.inEventLoop()));
			this.loop.shutdownGracefully();
		});
		assertThat(inside.join()).isFalse();
		assertThat(this.loop.isTerminated()).isTrue();
	}

	@Test
	void whenItHasNothingToDoThenItsLeaderWaits() {
		CompletableFuture<Thread> leader = new CompletableFuture<>();
		this.loop.execute(() -> leadership().afterTurn(() -> leader.complete(Thread.currentThread())));
		long[] cpu = new long[2];
		Thread thread = leader.join();
		await().until(() -> {
			cpu[0] = cpu[1];
			cpu[1] = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
			return cpu[0] > 0 && cpu[0] == cpu[1];
		});
	}

	private static Leadership leadership() {
		return Objects.requireNonNull(Leadership.current());
	}

}
