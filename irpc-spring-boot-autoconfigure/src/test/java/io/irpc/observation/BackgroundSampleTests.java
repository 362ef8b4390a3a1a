package io.irpc.observation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BackgroundSample} and {@link Sample}.
 */
class BackgroundSampleTests {

	private final AtomicLong time = new AtomicLong();

	private final AtomicInteger asked = new AtomicInteger();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	@Test
	void whenValueIsReadOftenThenItIsFoundOutSeldom() {
		BackgroundSample<Integer> sample = new BackgroundSample<>(this.asked::incrementAndGet, Runnable::run,
				Duration.ofSeconds(10), this.time::get);
		assertThat(sample.get()).isEqualTo(1);
		assertThat(sample.get()).isEqualTo(1);
		forward(Duration.ofSeconds(5));
		assertThat(sample.get()).isEqualTo(2);
		assertThat(sample.get()).isEqualTo(2);
	}

	@Test
	void whenTheAnswerTakesLongThenReadersDoNotWaitForItAndSoonGetNone() {
		BackgroundSample<Integer> sample = waiting();
		assertThat(sample.get()).isNull();
		assertThat(sample.get()).isNull();
		answer();
		assertThat(sample.get()).isEqualTo(1);
		forward(Duration.ofSeconds(5));
		assertThat(sample.get()).isEqualTo(1);
		forward(Duration.ofMinutes(1));
		assertThat(sample.get()).isNull();
		// still the same question
		assertThat(this.tasks).hasSize(1);
		answer();
		forward(Duration.ofSeconds(5));
		assertThat(sample.get()).isEqualTo(2);
	}

	@Test
	void whenItCannotBeFoundOutThenThereIsNoValueUntilItCan() {
		AtomicInteger answers = new AtomicInteger();
		BackgroundSample<Integer> sample = new BackgroundSample<>(() -> {
			if (answers.incrementAndGet() == 2) {
				throw new IllegalStateException("out of order");
			}
			return answers.get();
		}, Runnable::run, Duration.ofSeconds(10), this.time::get);
		assertThat(sample.get()).isEqualTo(1);
		forward(Duration.ofSeconds(5));
		assertThat(sample.get()).isNull();
		forward(Duration.ofSeconds(5));
		assertThat(sample.get()).isEqualTo(3);
	}

	@Test
	void whenThereAreNoThreadsThenThereIsNoValue() {
		BackgroundSample<Integer> sample = new BackgroundSample<>(this.asked::incrementAndGet, (task) -> {
			throw new RejectedExecutionException("stopped");
		}, Duration.ofSeconds(10), this.time::get);
		assertThat(sample.get()).isNull();
		assertThat(this.asked).hasValue(0);
	}

	@Test
	void whenSeveralMetersAreReadTogetherThenTheirSampleIsTakenOnce() {
		Sample<Integer> sample = new Sample<>(this.asked::incrementAndGet, this.time::get);
		assertThat(sample.get()).isEqualTo(1);
		forward(Duration.ofMillis(999));
		assertThat(sample.get()).isEqualTo(1);
		forward(Duration.ofMillis(1));
		assertThat(sample.get()).isEqualTo(2);
	}

	private BackgroundSample<Integer> waiting() {
		return new BackgroundSample<>(this.asked::incrementAndGet, this.tasks::add, Duration.ofMillis(1),
				this.time::get);
	}

	private void answer() {
		this.tasks.remove().run();
	}

	private void forward(Duration duration) {
		this.time.addAndGet(duration.toNanos());
	}

}
