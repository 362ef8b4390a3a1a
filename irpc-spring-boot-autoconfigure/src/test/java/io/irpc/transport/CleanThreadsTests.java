package io.irpc.transport;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.GlobalEventExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link CleanThreads}.
 */
@Timeout(30)
class CleanThreadsTests {

	@Test
	void whenAnExecutorOfNettyNeedsAThreadThenItIsMade() throws Exception {
		Thread made = GlobalEventExecutor.INSTANCE.submit(() -> CleanThreads.make(Thread::new))
			.get(10, TimeUnit.SECONDS);
		assertThat(made.getState()).isEqualTo(Thread.State.NEW);
	}

	@Test
	void whenAThreadCannotBeMadeThenWhoNeedsItIsTold() {
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> CleanThreads.make(() -> {
			throw new OutOfMemoryError("on purpose");
		})).withMessage("on purpose");
	}

	@Test
	void whenTheThreadIsInterruptedThenOneIsMadeAndItStaysInterrupted() {
		Thread.currentThread().interrupt();
		Thread made = CleanThreads.make(Thread::new);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(made.getState()).isEqualTo(Thread.State.NEW);
	}

}
