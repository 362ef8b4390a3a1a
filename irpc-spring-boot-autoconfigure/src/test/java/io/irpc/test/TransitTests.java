package io.irpc.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Transit}: when things arrive.
 */
class TransitTests {

	private final Weather weather = new Weather();

	private final Transit transit = new Transit(this.weather, 0);

	@Test
	void whenThereIsADelayThenMessagesThatAreSentTogetherArriveTogether() {
		this.weather.delay(Duration.ofMillis(50));
		for (int i = 0; i < 1000; i++) {
			this.transit.send(new byte[100], millis(7));
		}
		for (int i = 0; i < 1000; i++) {
			assertThat(this.transit.arrival()).isEqualTo(millis(57));
			this.transit.take();
		}
		assertThat(this.transit.isEmpty()).isTrue();
	}

	@Test
	void whenBandwidthIsLimitedThenBytesQueueForTheLine() {
		this.weather.bandwidth(DataSize.ofBytes(1000));
		this.weather.delay(Duration.ofMillis(50));
		this.transit.send(new byte[20], millis(0));
		this.transit.send(new byte[10], millis(0));
		this.transit.send(Ending.FINISH, millis(0));
		assertThat(this.transit.arrival()).isEqualTo(millis(70));
		assertThat(this.transit.take().bytes()).hasSize(20);
		assertThat(this.transit.arrival()).isEqualTo(millis(80));
		assertThat(this.transit.take().bytes()).hasSize(10);
		assertThat(this.transit.arrival()).isEqualTo(millis(80));
		assertThat(this.transit.take().ending()).isEqualTo(Ending.FINISH);
		this.transit.send(new byte[10], millis(500));
		assertThat(this.transit.arrival()).isEqualTo(millis(560));
	}

	@Test
	void whenBandwidthIsLimitedThenMuchIsSplit() {
		this.weather.bandwidth(DataSize.ofBytes(1000));
		this.transit.send(new byte[50], 0);
		assertThat(this.transit.take().bytes()).hasSize(20);
		assertThat(this.transit.take().bytes()).hasSize(20);
		assertThat(this.transit.take().bytes()).hasSize(10);
		assertThat(this.transit.isEmpty()).isTrue();
	}

	@Test
	void whenConnectionHasADelayOfItsOwnThenItAddsUp() {
		Transit slow = new Transit(this.weather, millis(20));
		this.weather.delay(Duration.ofMillis(50));
		slow.send(new byte[1], 0);
		assertThat(slow.arrival()).isEqualTo(millis(70));
		this.weather.heal();
		assertThat(slow.arrival()).isEqualTo(millis(20));
	}

	@Test
	void whenMuchIsUnderWayThenSenderHasToWait() {
		this.transit.send(new byte[1024 * 1024 - 1], 0);
		assertThat(this.transit.isFull()).isFalse();
		this.transit.send(new byte[1], 0);
		assertThat(this.transit.isFull()).isTrue();
		this.transit.take();
		assertThat(this.transit.isFull()).isFalse();
		this.transit.send(new byte[1024 * 1024], 0);
		this.transit.clear();
		assertThat(this.transit.isFull()).isFalse();
		assertThat(this.transit.isEmpty()).isTrue();
	}

	private static long millis(long millis) {
		return TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
