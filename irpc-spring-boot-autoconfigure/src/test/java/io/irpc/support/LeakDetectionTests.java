package io.irpc.support;

import ch.qos.logback.classic.Logger;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LeakDetection}.
 */
class LeakDetectionTests {

	private final LeakDetection detection = new LeakDetection();

	@Test
	void everyBufferIsTracked() {
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
	}

	@Test
	void whenBufferIsNotReleasedThenTestClassFailsOnce() {
		// the detector's own report of this leak is not to alarm those who read the
		// build's log
		Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
		logger.setAdditive(false);
		try {
			leak();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.detection.afterAll(null))
				.withMessageContaining("1 leak(s)")
				.withMessageContaining("LeakDetectionTests.leak");
		}
		finally {
			logger.setAdditive(true);
		}
		assertThatCode(() -> this.detection.afterAll(null)).doesNotThrowAnyException();
	}

	@Test
	void whenBufferIsReleasedThenNothingFails() {
		PooledByteBufAllocator.DEFAULT.buffer().release();
		assertThatCode(() -> this.detection.afterAll(null)).doesNotThrowAnyException();
	}

	// a method of its own, so that no local variable keeps the buffer
	private void leak() {
		ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
		buffer.writeByte(1);
	}

}
