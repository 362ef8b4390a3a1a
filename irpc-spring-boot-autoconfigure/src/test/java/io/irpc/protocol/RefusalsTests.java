package io.irpc.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.support.Alarms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted and logged of refusals.
 */
class RefusalsTests {

	@RegisterExtension
	final Alarms alarms = new Alarms("io.irpc.protocol");

	private final List<Limit> heard = new ArrayList<>();

	private final AtomicLong nanoTime = new AtomicLong();

	private final Refusals refusals = new Refusals(List.of(this.heard::add), this.nanoTime::get);

	@Test
	void whenManyAreRefusedThenEachIsCountedAndOneOfAnIntervalIsLogged() {
		for (int i = 0; i < 100; i++) {
			this.refusals.add(Limit.SESSIONS, "peer " + i, "Too many");
		}
		this.refusals.add(Limit.MEMORY, "peer", "Too much");
		assertThat(this.refusals.count(Limit.SESSIONS)).isEqualTo(100);
		assertThat(this.refusals.count(Limit.MEMORY)).isOne();
		assertThat(this.refusals.count(Limit.IDLE_TIME)).isZero();
		assertThat(this.heard).hasSize(101);
		assertThat(this.alarms.messages()).hasSize(2);
		this.nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
		this.refusals.add(Limit.SESSIONS, "last peer", "Too many");
		assertThat(this.alarms.messages()).hasSize(3)
			.last()
			.asString()
			.endsWith("Refused (sessions): last peer: Too many (and 99 more since the last line of this limit)");
	}

	@Test
	void whenPeerOrTextIsHostileThenTheLogIsNot() {
		this.refusals.add(Limit.FOREIGN_PROTOCOL, "/tmp/\u001B[2J", "\nERROR forged");
		assertThat(this.alarms.messages()).singleElement()
			.asString()
			.endsWith("Refused (foreign-protocol): /tmp/\\u001b[2J: \\u000aERROR forged");
	}

}
