package io.irpc.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When what is put off is done.
 */
class BatchTests {

	private final List<String> done = new ArrayList<>();

	private final Batch batch = Batch.current();

	@AfterEach
	void close() {
		this.batch.close();
	}

	@Test
	void whenNothingIsAtHandThenItIsDoneAtOnce() {
		Batch.afterwards(() -> this.done.add("a"));
		assertThat(this.done).containsExactly("a");
	}

	@Test
	void whenTheBatchIsOpenThenItIsDoneAtItsEndInOrder() {
		this.batch.open();
		Batch.afterwards(() -> this.done.add("a"));
		Batch.afterwards(() -> this.done.add("b"));
		assertThat(this.done).isEmpty();
		this.batch.close();
		assertThat(this.done).containsExactly("a", "b");
	}

	@Test
	void whenTheThreadIsGoingToWaitThenItIsDoneBefore() {
		this.batch.open();
		Batch.afterwards(() -> this.done.add("a"));
		Batch.beforeWaiting();
		assertThat(this.done).containsExactly("a");
		Batch.afterwards(() -> this.done.add("b"));
		assertThat(this.done).containsExactly("a");
	}

	@Test
	void whenThatWhichIsAtHandTakesLongThenItIsDoneMeanwhile() {
		AtomicLong time = new AtomicLong(System.nanoTime());
		this.batch.open();
		Batch.afterwards(() -> {
			this.done.add("a");
			time.addAndGet(TimeUnit.HOURS.toNanos(1));
		});
		Batch.oneDone(time::get);
		assertThat(this.done).isEmpty();
		time.addAndGet(TimeUnit.HOURS.toNanos(1));
		Batch.oneDone(time::get);
		assertThat(this.done).containsExactly("a");
		Batch.afterwards(() -> this.done.add("b"));
		Batch.oneDone(time::get);
		assertThat(this.done).as("the time it takes is not counted").containsExactly("a");
	}

	@Test
	void severalThingsArePutOffForLonger() {
		AtomicLong time = new AtomicLong(System.nanoTime());
		this.batch.open();
		time.addAndGet(TimeUnit.HOURS.toNanos(1));
		Batch.oneDone(time::get);
		Batch.afterwards(() -> this.done.add("a"));
		time.addAndGet(Batch.PATIENCE);
		Batch.oneDone(time::get);
		assertThat(this.done).containsExactly("a");
		Batch.afterwards(() -> this.done.add("b"));
		Batch.afterwards(() -> this.done.add("c"));
		time.addAndGet(2 * Batch.PATIENCE - 1);
		Batch.oneDone(time::get);
		assertThat(this.done).containsExactly("a");
		time.addAndGet(1);
		Batch.oneDone(time::get);
		assertThat(this.done).containsExactly("a", "b", "c");
	}

	@Test
	void whenAnotherThreadFlushesThenItIsDone() throws InterruptedException {
		this.batch.open();
		Batch.afterwards(() -> this.done.add("a"));
		Thread other = new Thread(this.batch::flush);
		other.start();
		other.join();
		assertThat(this.done).containsExactly("a");
	}

	@Test
	void whenThereIsOneProcessorThenThingsArePutOffForLonger() {
		assertThat(Batch.patience(1)).isGreaterThan(Batch.patience(2)).isLessThan(TimeUnit.MILLISECONDS.toNanos(1));
		assertThat(Batch.patience(2)).isEqualTo(Batch.patience(64));
	}

}
