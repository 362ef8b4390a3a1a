package io.irpc.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted and logged of refusals.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusalsTests {

	private final List<Limit> heard = new ArrayList<>();

	private final AtomicLong nanoTime = new AtomicLong();

	private final Refusals refusals = new Refusals(List.of(this.heard::add), this.nanoTime::get);

	@Test
	void whenManyAreRefusedThenEachIsCountedAndOneOfAnIntervalIsLogged(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			this.refusals.add(Limit.SESSIONS, "peer " + i, "Too many");
		}
		this.refusals.add(Limit.MEMORY, "peer", "Too much");
		assertThat(this.refusals.count(Limit.SESSIONS)).isEqualTo(100);
		assertThat(this.refusals.count(Limit.MEMORY)).isOne();
		assertThat(this.refusals.count(Limit.IDLE_TIME)).isZero();
		assertThat(this.heard).hasSize(101);
		assertThat(warnings(output)).hasSize(2);
		this.nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
		this.refusals.add(Limit.SESSIONS, "last peer", "Too many");
		assertThat(warnings(output)).hasSize(3)
			.last()
			.asString()
			.endsWith("Refused (sessions): last peer: Too many (and 99 more since the last line of this limit)");
	}

	@Test
	void whenPeerOrTextIsHostileThenTheLogIsNot(CapturedOutput output) {
		this.refusals.add(Limit.FOREIGN_PROTOCOL, "/tmp/\u001B[2J", "\nERROR forged");
		assertThat(warnings(output)).singleElement()
			.asString()
			.endsWith("Refused (foreign-protocol): /tmp/\\u001b[2J: \\u000aERROR forged");
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("WARN")).toList();
	}

}
