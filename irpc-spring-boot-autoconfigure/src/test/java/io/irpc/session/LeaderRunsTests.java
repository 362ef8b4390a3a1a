package io.irpc.session;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.transport.TestEventLoop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tasks the thread that leads an event loop runs itself.
 */
@Timeout(30)
class LeaderRunsTests {

	private final ExecutorService threads = Executors.newCachedThreadPool(new CustomizableThreadFactory("pool-"));

	private final TestEventLoop loop = new TestEventLoop("loop");

	private final TestEventLoop other = new TestEventLoop("other");

	private final Workers workers = new Workers(this.threads, 8);

	@AfterEach
	void end() {
		this.loop.close();
		this.other.close();
		this.threads.shutdownNow();
	}

	@Test
	void whenEventLoopsAreBusyThenNoneRunsWhatAnotherHasRead() throws InterruptedException {
		int rounds = 200;
		int tasks = 20;
		Map<String, List<String>> ranOn = new ConcurrentHashMap<>();
		CountDownLatch done = new CountDownLatch(2 * rounds * tasks);
		readAndRun(this.loop, "loop", rounds, tasks, ranOn, done);
		readAndRun(this.other, "other", rounds, tasks, ranOn, done);
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(ranOn.get("loop")).noneMatch((thread) -> thread.startsWith("other"))
			.anyMatch((thread) -> thread.startsWith("loop"));
		assertThat(ranOn.get("other")).noneMatch((thread) -> thread.startsWith("loop"))
			.anyMatch((thread) -> thread.startsWith("other"));
	}

	private void readAndRun(TestEventLoop reader, String name, int rounds, int tasks, Map<String, List<String>> ranOn,
			CountDownLatch done) {
		reader.execute(() -> {
			for (int i = 0; i < tasks; i++) {
				add(name, () -> {
					ranOn.merge(name, List.of(Thread.currentThread().getName()), LeaderRunsTests::joined);
					done.countDown();
				});
			}
			if (rounds > 1) {
				add(name, () -> readAndRun(reader, name, rounds - 1, tasks, ranOn, done));
			}
		});
	}

	private static List<String> joined(List<String> some, List<String> more) {
		List<String> all = new ArrayList<>(some);
		all.addAll(more);
		return all;
	}

	@Test
	void whenATaskWaitsForOneBehindItThenAnotherThreadRunsThat() {
		CompletableFuture<String> behind = new CompletableFuture<>();
		CompletableFuture<String> waiting = new CompletableFuture<>();
		this.loop.execute(() -> {
			add(this, () -> {
				behind.join();
				waiting.complete(Thread.currentThread().getName());
			});
			add(this, () -> behind.complete(Thread.currentThread().getName()));
		});
		assertThat(behind.join()).isNotEqualTo(waiting.join());
	}

	@Test
	void whenATaskWaitsThenAnotherThreadRunsWhatTheEventLoopReads() {
		CompletableFuture<String> later = new CompletableFuture<>();
		CompletableFuture<String> waiting = new CompletableFuture<>();
		this.loop.execute(() -> add(this, () -> {
			this.loop.execute(() -> add(this, () -> later.complete(Thread.currentThread().getName())));
			later.join();
			waiting.complete(Thread.currentThread().getName());
		}));
		assertThat(later.join()).isNotEqualTo(waiting.join());
	}

	@Test
	void whenNoMoreLeadersMayRunTasksThenThreadsOfThePoolDo() {
		Workers none = new Workers(this.threads, 0);
		CompletableFuture<String> ranOn = new CompletableFuture<>();
		this.loop.execute(
				() -> none.add(new WorkerTask(this, this, () -> ranOn.complete(Thread.currentThread().getName()))));
		assertThat(ranOn.join()).startsWith("pool-");
	}

	@Test
	void whenTasksWaitThenTheyCanBeTakenBack() {
		Workers leaderOnly = new Workers((thread) -> {
		}, 8);
		CompletableFuture<List<Integer>> taken = new CompletableFuture<>();
		CompletableFuture<Boolean> withdrawn = new CompletableFuture<>();
		CompletableFuture<Void> end = new CompletableFuture<>();
		List<String> run = new ArrayList<>();
		this.loop.execute(() -> {
			Object stopped = new Object();
			WorkerTask task = new WorkerTask(this, "withdrawn", () -> run.add("withdrawn"));
			leaderOnly.add(task);
			leaderOnly.add(new WorkerTask(this, "owner", () -> run.add("taken back")));
			leaderOnly.add(new WorkerTask(stopped, stopped, () -> run.add("stopped")));
			taken.complete(List.of(leaderOnly.takeBack("owner").size(), leaderOnly.stop(stopped).size(),
					leaderOnly.takeBack("owner").size()));
			withdrawn.complete(leaderOnly.withdraw(task));
			this.loop.execute(() -> this.loop.execute(() -> end.complete(null)));
		});
		end.join();
		assertThat(taken.join()).containsExactly(1, 1, 0);
		assertThat(withdrawn.join()).isTrue();
		assertThat(run).isEmpty();
	}

	@Test
	void whenAThreadCannotBeStartedWhileLeadersWaitThenItIsTriedAgain() throws InterruptedException {
		AtomicInteger attempts = new AtomicInteger();
		Workers unlucky = new Workers((task) -> {
			if (attempts.incrementAndGet() == 1) {
				throw new OutOfMemoryError("on purpose");
			}
			this.threads.execute(task);
		}, 64);
		CountDownLatch never = new CountDownLatch(1);
		for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
			CountDownLatch begun = new CountDownLatch(1);
			this.loop.execute(() -> unlucky.add(new WorkerTask(this, this, () -> {
				begun.countDown();
				assertThat(never).satisfies(CountDownLatch::await);
			})));
			begun.await();
		}
		CountDownLatch done = new CountDownLatch(1);
		unlucky.add(new WorkerTask(this, this, done::countDown));
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		never.countDown();
	}

	@Test
	void whenTasksWaitThenThoseOfOthersDoNotInheritWhatTheyHavePut() {
		Workers many = new Workers(this.threads, 64);
		InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
		CountDownLatch end = new CountDownLatch(1);
		List<String> seen = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			CompletableFuture<List<String>> waits = new CompletableFuture<>();
			this.loop.execute(() -> {
				String inLoop = String.valueOf(user.get());
				many.add(new WorkerTask(this, this, () -> {
					List<String> both = List.of(inLoop, String.valueOf(user.get()));
					user.set("alice");
					WorkerPool.beforeWaiting();
					waits.complete(both);
					assertThat(end).satisfies(CountDownLatch::await);
					user.remove();
				}));
			});
			seen.addAll(waits.join());
		}
		end.countDown();
		assertThat(seen).containsOnly("null");
	}

	@Test
	void whenAnEventLoopHasEndedThenNothingKeepsIt() {
		TestEventLoop ending = new TestEventLoop("ending");
		WeakReference<Object> reference = new WeakReference<>(ending.loop());
		CompletableFuture<Void> run = new CompletableFuture<>();
		ending.execute(() -> add(this, () -> run.complete(null)));
		run.join();
		ending.close();
		ending = null;
		Awaitility.await().untilAsserted(() -> {
			CompletableFuture<Void> later = new CompletableFuture<>();
			this.loop.execute(() -> add(this, () -> later.complete(null)));
			later.join();
			System.gc();
			assertThat(reference.get()).isNull();
		});
	}

	private void add(Object owner, Runnable action) {
		this.workers.add(new WorkerTask(this, owner, action));
	}

}
