package io.irpc.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests of {@link LongTasks} and {@link Measurement}.
 */
class LongTasksTests {

	private final MockClock clock = new MockClock();

	private final LongTaskTimer timer = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock).more()
		.longTaskTimer("active");

	private final LongTasks tasks = new LongTasks(this.clock);

	@Test
	void aTaskIsCountedFromWhenItIsLongUntilItEnds() {
		Measurement task = begin();
		pass(99);
		assertThat(this.timer.activeTasks()).isZero();
		pass(1);
		assertThat(this.timer.activeTasks()).isOne();
		pass(500);
		assertThat(this.timer.activeTasks()).isOne();
		assertThat(this.timer.duration(TimeUnit.MILLISECONDS)).isEqualTo(500);
		task.end();
		assertThat(this.timer.activeTasks()).isZero();
	}

	@Test
	void aTaskThatEndsBeforeIsNotCounted() {
		begin().end();
		pass(200);
		assertThat(this.timer.activeTasks()).isZero();
	}

	@Test
	void aTaskThatEndsTwiceIsCountedOnce() {
		Measurement task = begin();
		Measurement other = begin();
		pass(200);
		task.end();
		task.end();
		assertThat(this.timer.activeTasks()).isOne();
		other.end();
		assertThat(this.timer.activeTasks()).isZero();
	}

	@Test
	void onlyTasksThatAreLongAreCountedAmongOthers() {
		List<Measurement> begun = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			begun.add(begin());
			this.clock.add(20, TimeUnit.MILLISECONDS);
		}
		begun.get(0).end();
		begun.get(3).end();
		this.tasks.look();
		assertThat(this.timer.activeTasks()).as("after 180, 160, 120 and 100 ms").isEqualTo(4);
		pass(100);
		assertThat(this.timer.activeTasks()).isEqualTo(8);
		begun.forEach(Measurement::end);
		assertThat(this.timer.activeTasks()).isZero();
	}

	@Test
	void whenATimerFailsThenOthersCountNevertheless() {
		LongTaskTimer broken = mock();
		given(broken.start()).willThrow(new IllegalStateException("on purpose"));
		this.tasks.add(new Measurement(this.clock.monotonicTime(), broken));
		begin();
		assertThatIllegalStateException().isThrownBy(() -> pass(100));
		this.tasks.look();
		assertThat(this.timer.activeTasks()).isOne();
	}

	@Test
	void whileATimerIsStartedThenOthersBeginNevertheless() {
		LongTaskTimer slow = mock();
		given(slow.start()).willAnswer((invocation) -> {
			CompletableFuture.runAsync(() -> beginInEachLane()).get(10, TimeUnit.SECONDS);
			return mock(LongTaskTimer.Sample.class);
		});
		this.tasks.add(new Measurement(this.clock.monotonicTime(), slow));
		pass(100);
		then(slow).should().start();
	}

	private void beginInEachLane() {
		for (int i = 0; i < 200; i++) {
			Thread thread = new Thread(this::begin);
			thread.start();
			assertThatNoException().isThrownBy(thread::join);
		}
	}

	@Test
	void whenClosedThenWhatBeginsIsNotCounted() {
		this.tasks.close();
		Measurement task = begin();
		pass(100);
		assertThat(this.timer.activeTasks()).isZero();
		task.end();
	}

	@Test
	void tasksOfManyThreadsAreAllCountedAndAllEnd() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<List<Measurement>>> results = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				results.add(threads.submit(this::beginAndEnd));
			}
			while (results.stream().anyMatch((result) -> !result.isDone())) {
				pass(50);
			}
			pass(100);
			assertThat(this.timer.activeTasks()).isEqualTo(400);
			for (Future<List<Measurement>> result : results) {
				for (Measurement task : result.get()) {
					threads.execute(task::end);
				}
			}
		}
		finally {
			threads.shutdown();
			assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(this.timer.activeTasks()).isZero();
	}

	// ends 99 of 100 that it begins
	private List<Measurement> beginAndEnd() {
		List<Measurement> left = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			Measurement task = begin();
			if (i % 100 == 0) {
				left.add(task);
			}
			else {
				task.end();
			}
		}
		return left;
	}

	private Measurement begin() {
		Measurement task = new Measurement(this.clock.monotonicTime(), this.timer);
		this.tasks.add(task);
		return task;
	}

	private void pass(long milliseconds) {
		this.clock.add(milliseconds, TimeUnit.MILLISECONDS);
		this.tasks.look();
	}

}
