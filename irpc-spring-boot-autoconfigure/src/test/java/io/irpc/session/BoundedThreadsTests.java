package io.irpc.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * That there are as many threads as there should be.
 */
@Timeout(30)
class BoundedThreadsTests {

	@Test
	void whenThreadsCannotBeStartedForAWhileThenTasksRunLater() throws InterruptedException {
		AtomicBoolean failing = new AtomicBoolean(true);
		AtomicInteger attempts = new AtomicInteger();
		BoundedThreads threads = new BoundedThreads((pool) -> {
			attempts.incrementAndGet();
			if (failing.get()) {
				throw new OutOfMemoryError("on purpose");
			}
			return new WorkerThreads("test-").newThread(pool);
		}, 4, 4);
		Workers workers = new Workers(threads, 0);
		CountDownLatch done = new CountDownLatch(20);
		for (int i = 0; i < 10; i++) {
			workers.add(new WorkerTask(this, this, done::countDown));
		}
		Awaitility.await().until(() -> attempts.get() >= 5);
		failing.set(false);
		for (int i = 0; i < 10; i++) {
			workers.add(new WorkerTask(this, this, done::countDown));
		}
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		threads.end();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> threads.execute(done::countDown));
	}

	@Test
	void whenThreadsWaitThenNoMoreAreStartedInTheirPlace() throws InterruptedException {
		int waiting = 50;
		AtomicInteger started = new AtomicInteger();
		WorkerThreads factory = new WorkerThreads("test-");
		BoundedThreads threads = new BoundedThreads((pool) -> {
			started.incrementAndGet();
			return factory.newThread(pool);
		}, 2, 2 * waiting);
		List<CompletableFuture<Boolean>> futures = Stream.generate(CompletableFuture<Boolean>::new)
			.limit(waiting)
			.toList();
		CountDownLatch done = new CountDownLatch(waiting);
		for (CompletableFuture<Boolean> future : futures) {
			threads.execute(() -> {
				future.join();
				done.countDown();
			});
		}
		Awaitility.await().until(() -> futures.stream().allMatch((future) -> future.getNumberOfDependents() == 1));
		futures.forEach((future) -> threads.execute(() -> future.complete(true)));
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(started).hasValueLessThanOrEqualTo(2 + waiting);
		threads.end();
	}

}
