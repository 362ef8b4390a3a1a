package io.irpc.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.transport.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * On which threads tasks run, and that none waits for another without end.
 */
@Timeout(30)
class WorkerRunsTests {

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	private final WorkerRuns runs = new WorkerRuns(this.threads);

	@AfterEach
	void stop() {
		this.runs.stop(this);
		this.threads.shutdownNow();
	}

	@Test
	void whenTasksAreShortThenOneThreadGoesFromOneToTheNext() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(10);
		List<Thread> later = Collections.synchronizedList(new ArrayList<>());
		this.runs.add(this, () -> {
			begun.countDown();
			awaitUninterruptibly(go);
		});
		begun.await();
		go.countDown();
		for (int i = 0; i < 10; i++) {
			this.runs.add(this, () -> {
				later.add(Thread.currentThread());
				done.countDown();
			});
		}
		done.await();
		assertThat(later).hasSize(10);
		assertThat(Set.copyOf(later)).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void whenATaskWaitsThenThoseBehindItDoNot() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(20);
		CountDownLatch never = new CountDownLatch(1);
		this.runs.add(this, () -> {
			this.runs.add(this, () -> awaitUninterruptibly(never));
			for (int i = 0; i < 20; i++) {
				this.runs.add(this, done::countDown);
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
			this.runs.add("owner " + i % 3, () -> {
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
		this.runs.add(this, () -> awaitUninterruptibly(added));
		this.runs.add(this, () -> Batch.afterwards(written::countDown));
		this.runs.add(this, () -> awaitUninterruptibly(never));
		this.runs.add(this, () -> {
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
					this.runs.add(owner, () -> {
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
		this.runs.add(this, () -> {
			Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> told.add(ex));
			throw new IllegalStateException("on purpose");
		});
		this.runs.add(this, () -> {
			Thread.currentThread().interrupt();
			done.countDown();
		});
		this.runs.add(this, () -> {
			if (!Thread.currentThread().isInterrupted()) {
				done.countDown();
			}
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		await().until(() -> told.size() == 1);
		assertThat(told.get(0)).hasMessage("on purpose");
	}

	@Test
	void whenStoppedThenTasksAreRefusedAndCanBeTakenBack() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		AtomicInteger run = new AtomicInteger();
		ExecutorService thread = Executors.newSingleThreadExecutor();
		WorkerRuns single = new WorkerRuns(thread);
		single.add(this, () -> {
			begun.countDown();
			awaitUninterruptibly(go);
		});
		begun.await();
		single.add("waits", run::incrementAndGet);
		assertThat(single.stop("waits")).hasSize(1);
		go.countDown();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> single.add("late", run::incrementAndGet));
		assertThat(single.takeBack("late")).isEmpty();
		thread.shutdown();
		assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(run).hasValue(0);
	}

	@Test
	void whenAThreadHasMoreAtHandThenOneThreadIsStartedForAllOfIt() throws InterruptedException {
		AtomicInteger started = new AtomicInteger();
		WorkerRuns counted = new WorkerRuns((task) -> {
			started.incrementAndGet();
			this.threads.execute(task);
		});
		CountDownLatch done = new CountDownLatch(10);
		Batch batch = Batch.current();
		batch.open();
		for (int i = 0; i < 10; i++) {
			counted.add(this, done::countDown);
		}
		assertThat(started).hasValue(0);
		batch.close();
		assertThat(started).hasValue(1);
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenNoThreadCanBeStartedThenTheTaskRunsLater() throws InterruptedException {
		AtomicInteger attempts = new AtomicInteger();
		WorkerRuns unlucky = new WorkerRuns((task) -> {
			if (attempts.incrementAndGet() < 3) {
				throw new OutOfMemoryError("on purpose");
			}
			this.threads.execute(task);
		});
		CountDownLatch done = new CountDownLatch(2);
		unlucky.add(this, done::countDown);
		unlucky.add(this, done::countDown);
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		unlucky.stop(this);
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
