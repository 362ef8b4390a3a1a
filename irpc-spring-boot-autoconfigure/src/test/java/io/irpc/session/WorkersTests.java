package io.irpc.session;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.transport.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * On which threads tasks run, and that none waits for another without end.
 */
@Timeout(30)
class WorkersTests {

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	private final Workers runs = new Workers(this.threads, 0);

	@AfterEach
	void stop() {
		this.runs.stop(this);
		this.threads.shutdownNow();
	}

	@Test
	void whenTasksAreShortThenOneThreadGoesFromOneToTheNext() throws InterruptedException {
		AtomicInteger started = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(20);
		Workers counted = new Workers((task) -> {
			started.incrementAndGet();
			this.threads.execute(task);
		}, 0);
		counted.add(new WorkerTask(this, this, () -> {
			for (int i = 0; i < 20; i++) {
				counted.add(new WorkerTask(this, this, done::countDown));
			}
		}));
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		// the watcher may have found one slow that the machine did not run
		assertThat(started).hasValueLessThan(10);
	}

	@Test
	void whenATaskWaitsThenThoseBehindItDoNot() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(20);
		CountDownLatch never = new CountDownLatch(1);
		add(this, () -> {
			add(this, () -> awaitUninterruptibly(never));
			for (int i = 0; i < 20; i++) {
				add(this, done::countDown);
			}
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		never.countDown();
	}

	@Test
	void whenAllTasksWaitForEachOtherThenAllRun() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(40);
		CountDownLatch done = new CountDownLatch(40);
		for (int i = 0; i < 40; i++) {
			add("owner " + i % 3, () -> {
				try {
					barrier.await();
					done.countDown();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
		}
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenATaskWaitsThenWhatThoseBeforeItHavePutOffIsDone() throws InterruptedException {
		CountDownLatch written = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		CountDownLatch added = new CountDownLatch(1);
		add(this, () -> awaitUninterruptibly(added));
		add(this, () -> Batch.afterwards(written::countDown));
		add(this, () -> awaitUninterruptibly(never));
		add(this, () -> {
		});
		added.countDown();
		assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
		never.countDown();
	}

	@Test
	void whenManyAddAtOnceThenEachTaskRunsOnce() throws InterruptedException {
		int adders = 8;
		int tasks = 20_000;
		AtomicInteger count = new AtomicInteger();
		Semaphore done = new Semaphore(0);
		for (int i = 0; i < adders; i++) {
			Object owner = "owner " + i;
			this.threads.execute(() -> {
				for (int j = 0; j < tasks; j++) {
					add(owner, () -> {
						count.incrementAndGet();
						done.release();
					});
				}
			});
		}
		assertThat(done.tryAcquire(adders * tasks, 20, TimeUnit.SECONDS)).isTrue();
		assertThat(count).hasValue(adders * tasks);
	}

	@Test
	void whenATaskFailsThenTheNextOnesRun() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(2);
		List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
		add(this, () -> {
			Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> told.add(ex));
			throw new IllegalStateException("on purpose");
		});
		add(this, () -> {
			Thread.currentThread().interrupt();
			done.countDown();
		});
		add(this, () -> {
			if (!Thread.currentThread().isInterrupted()) {
				done.countDown();
			}
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		await().until(() -> told.size() == 1);
		assertThat(told.get(0)).hasMessage("on purpose");
	}

	@Test
	void whenATaskThrowsWhatItDoesNotDeclareThenItsThreadGoesOn() throws InterruptedException {
		List<Throwable> escaped = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch ended = new CountDownLatch(1);
		Workers guarded = new Workers((task) -> this.threads.execute(() -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				escaped.add(ex);
			}
			ended.countDown();
		}), 0);
		guarded.add(new WorkerTask(this, this, () -> {
			Thread.currentThread().setUncaughtExceptionHandler((failed, ex) -> sneak(ex));
			sneak(new IOException("on purpose"));
		}));
		ended.await();
		assertThat(escaped).isEmpty();
	}

	@Test
	void whenATaskTakesLongThenTheNextOnesHaveAThreadAtOnce() {
		AtomicInteger started = new AtomicInteger();
		CountDownLatch never = new CountDownLatch(1);
		Workers counted = new Workers((task) -> {
			started.incrementAndGet();
			this.threads.execute(task);
		}, 0);
		counted.add(new WorkerTask(this, this, () -> awaitUninterruptibly(never)));
		await().pollInterval(Duration.ofMillis(1)).until(() -> {
			CountDownLatch done = new CountDownLatch(1);
			int before = started.get();
			counted.add(new WorkerTask(this, this, done::countDown));
			boolean atOnce = started.get() > before;
			done.await();
			return atOnce;
		});
		never.countDown();
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void sneak(Throwable failure) throws E {
		throw (E) failure;
	}

	@Test
	void whenOnePoolStopsThenItsTasksAreTakenBackAndThoseOfOthersRun() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(2);
		CountDownLatch go = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		AtomicInteger run = new AtomicInteger();
		CountDownLatch others = new CountDownLatch(2);
		ExecutorService two = Executors.newFixedThreadPool(2);
		Workers shared = new Workers(two, 0);
		Object stopped = new Object();
		shared.add(new WorkerTask(this, this, () -> {
			begun.countDown();
			awaitUninterruptibly(go);
			if (!Thread.currentThread().isInterrupted()) {
				others.countDown();
			}
		}));
		shared.add(new WorkerTask(stopped, stopped, () -> {
			begun.countDown();
			awaitUninterruptibly(go);
			interrupted.set(Thread.currentThread().isInterrupted());
		}));
		begun.await();
		shared.add(new WorkerTask(stopped, stopped, run::incrementAndGet));
		shared.add(new WorkerTask(stopped, "owner", run::incrementAndGet));
		shared.add(new WorkerTask(this, "other", () -> {
			if (!Thread.currentThread().isInterrupted()) {
				others.countDown();
			}
		}));
		assertThat(shared.stop(stopped)).extracting(WorkerTask::owner).containsExactlyInAnyOrder(stopped, "owner");
		go.countDown();
		assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
		two.shutdown();
		assertThat(two.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(interrupted).isTrue();
		assertThat(run).hasValue(0);
	}

	@Test
	void whenThreadsHaveEndedThenATaskCanBeWithdrawnAndNobodyTriesToStartAny() throws InterruptedException {
		AtomicInteger attempts = new AtomicInteger();
		Workers ended = new Workers((task) -> {
			attempts.incrementAndGet();
			throw new RejectedExecutionException("on purpose");
		}, 0);
		AtomicInteger run = new AtomicInteger();
		WorkerTask task = new WorkerTask(this, this, run::incrementAndGet);
		ended.add(task);
		await().pollDelay(Duration.ofNanos(20 * WorkerWatcher.TICK)).until(() -> true);
		assertThat(attempts).hasValue(1);
		assertThat(ended.withdraw(task)).isTrue();
		assertThat(run).hasValue(0);
	}

	@Test
	void whenAllIsDoneBeforeTheHandOverThenNoThreadIsStarted() {
		List<Thread> started = Collections.synchronizedList(new ArrayList<>());
		Workers sameThread = new Workers((task) -> {
			started.add(Thread.currentThread());
			task.run();
		}, 0);
		AtomicInteger run = new AtomicInteger();
		Batch batch = Batch.current();
		batch.open();
		for (int i = 0; i < 10; i++) {
			sameThread.add(new WorkerTask(this, this, run::incrementAndGet));
		}
		batch.close();
		assertThat(run).hasValue(10);
		// the watcher may have found it slow
		assertThat(started).containsOnlyOnce(Thread.currentThread());
	}

	@Test
	void whenTasksTakeAWhileThenWhatTheyPutOffIsDoneBetweenThem() {
		Workers sameThread = new Workers(Runnable::run, 0);
		AtomicInteger written = new AtomicInteger();
		List<Integer> writtenBefore = Collections.synchronizedList(new ArrayList<>());
		Batch batch = Batch.current();
		batch.open();
		for (int i = 0; i < 10; i++) {
			sameThread.add(new WorkerTask(this, this, () -> {
				writtenBefore.add(written.get());
				Batch.afterwards(written::incrementAndGet);
				calculate();
			}));
		}
		batch.close();
		// the watcher may have taken some to do, and be late with them
		await().untilAsserted(() -> assertThat(written).hasValue(10));
		assertThat(writtenBefore).hasSize(10);
		assertThat(new HashSet<>(writtenBefore)).hasSizeGreaterThan(3);
	}

	private static void calculate() {
		long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(250);
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	@Test
	void whenPoolsShareThreadsThenEachKnowsItsOwnTasks() throws Exception {
		WorkerPool pool = WorkerPool.ofPlatformThreads("test-", 4);
		WorkerPool other = pool.sharing();
		pool.start();
		other.start();
		try {
			CompletableFuture<List<Boolean>> within = new CompletableFuture<>();
			pool.execute(() -> within.complete(List.of(pool.isWithin(), other.isWithin())));
			assertThat(within.get(10, TimeUnit.SECONDS)).containsExactly(true, false);
			assertThat(pool.isWithin()).isFalse();
		}
		finally {
			pool.stop();
			other.stop();
		}
	}

	@Test
	void whenAPoolStopsWhileOthersAddThenEachTaskRunsOrIsRefused() throws Exception {
		for (int round = 0; round < 30; round++) {
			WorkerPool pool = WorkerPool.ofPlatformThreads("test-", 4);
			WorkerPool other = pool.sharing();
			pool.start();
			other.start();
			AtomicInteger accepted = new AtomicInteger();
			AtomicInteger run = new AtomicInteger();
			CompletableFuture<Void> adding = CompletableFuture.runAsync(() -> {
				try {
					while (true) {
						pool.execute(run::incrementAndGet);
						accepted.incrementAndGet();
						Thread.onSpinWait();
					}
				}
				catch (RejectedExecutionException ex) {
					// stopped
				}
			}, this.threads);
			await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> run.get() > 10);
			pool.stop();
			adding.get(10, TimeUnit.SECONDS);
			await().pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.untilAsserted(() -> assertThat(run).hasValue(accepted.get()));
			other.stop();
		}
	}

	@Test
	void whenATaskStopsItsPoolThenItIsNotInterruptedItself() throws InterruptedException {
		AtomicBoolean interrupted = new AtomicBoolean(true);
		CountDownLatch done = new CountDownLatch(1);
		add(this, () -> {
			this.runs.stop(this);
			interrupted.set(Thread.currentThread().isInterrupted());
			done.countDown();
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(interrupted).isFalse();
	}

	@Test
	void whenAThreadHasMoreAtHandThenOneThreadIsStartedForAllOfIt() throws InterruptedException {
		List<Runnable> started = Collections.synchronizedList(new ArrayList<>());
		Workers counted = new Workers(started::add, 0);
		CountDownLatch done = new CountDownLatch(10);
		Batch batch = Batch.current();
		batch.open();
		for (int i = 0; i < 10; i++) {
			counted.add(new WorkerTask(this, this, done::countDown));
		}
		assertThat(started).isEmpty();
		batch.close();
		assertThat(started).hasSize(1);
		this.threads.execute(started.get(0));
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenNoThreadCanBeStartedThenTheTaskRunsLater() throws InterruptedException {
		AtomicInteger attempts = new AtomicInteger();
		Workers unlucky = new Workers((task) -> {
			if (attempts.incrementAndGet() < 3) {
				throw new OutOfMemoryError("on purpose");
			}
			this.threads.execute(task);
		}, 0);
		CountDownLatch done = new CountDownLatch(2);
		unlucky.add(new WorkerTask(this, this, done::countDown));
		unlucky.add(new WorkerTask(this, this, done::countDown));
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		unlucky.stop(this);
	}

	@Test
	void whenAllThatTakesLongIsLookedAfterThenTheWatcherMayRest() throws InterruptedException {
		PoolRuns pool = new PoolRuns(this.threads, new TaskTimes(), new WorkerWatcher(() -> false));
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		CountDownLatch written = new CountDownLatch(2);
		CountDownLatch more = new CountDownLatch(1);
		pool.add(new WorkerTask(this, this, () -> {
			pool.add(new WorkerTask(this, this, () -> {
				Batch.afterwards(written::countDown);
				begun.countDown();
				awaitUninterruptibly(more);
				Batch.afterwards(written::countDown);
				awaitUninterruptibly(never);
			}));
			pool.add(new WorkerTask(this, this, () -> {
			}));
		}));
		begun.await();
		assertThat(pool.look(0)).isTrue();
		await().until(() -> !pool.look(0));
		assertThat(written.getCount()).isOne();
		more.countDown();
		assertThat(written.await(10, TimeUnit.SECONDS)).as("without another look").isTrue();
		never.countDown();
	}

	@Test
	void whenAStartHasFailedButHappensLaterThenThreadsAreStartedAtOnceAsBefore() throws InterruptedException {
		List<Runnable> kept = Collections.synchronizedList(new ArrayList<>());
		AtomicInteger started = new AtomicInteger();
		Workers unlucky = new Workers((task) -> {
			if (kept.isEmpty()) {
				kept.add(task);
				throw new OutOfMemoryError("on purpose");
			}
			started.incrementAndGet();
			this.threads.execute(task);
		}, 0);
		CountDownLatch done = new CountDownLatch(1);
		unlucky.add(new WorkerTask(this, this, done::countDown));
		done.await();
		kept.get(0).run();
		await().until(() -> {
			CountDownLatch next = new CountDownLatch(1);
			int before = started.get();
			unlucky.add(new WorkerTask(this, this, next::countDown));
			boolean atOnce = started.get() > before;
			next.await();
			return atOnce;
		});
	}

	private void add(Object owner, Runnable action) {
		this.runs.add(new WorkerTask(this, owner, action));
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean interrupted = false;
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
