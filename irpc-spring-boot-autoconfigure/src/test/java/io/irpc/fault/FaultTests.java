package io.irpc.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.irpc.fault.HandlingLog.Line;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed and links fail in a random order while events are raised: each
 * committed event is handled at least once and in order by a durable subscription, and a
 * repeat is one that was not acknowledged (protocol §5.2).
 */
class FaultTests {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	@Tag("faults")
	void whenAnythingFailsForMinutesThenNoEventIsMissed() {
		long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("faults.minutes", 10)).toNanos();
		torment(Long.getLong("faults.seed", System.nanoTime()), EnumSet.allOf(Fault.class),
				() -> System.nanoTime() < end, Duration.ofSeconds(3));
	}

	@Test
	void whenThingsFailOneAfterTheOtherThenNoEventIsMissed() {
		Set<Fault> faults = EnumSet.complementOf(EnumSet.of(Fault.BOTH_KILLED));
		AtomicInteger left = new AtomicInteger(faults.size());
		torment(1, faults, () -> left.getAndDecrement() > 0, Duration.ofMillis(500));
	}

	private void torment(long seed, Set<Fault> faults, BooleanSupplier goesOn, Duration longestPause) {
		System.out.println("FaultTests: seed " + seed + " in " + this.directory);
		try (FaultySystem system = new FaultySystem(this.directory)) {
			system.startDaemon();
			system.startClient();
			Tormentor tormentor = new Tormentor(system, seed, faults, longestPause);
			tormentor.torment(goesOn);
			JournalIndex journal = new JournalIndex(system.finish());
			List<Line> lines = system.lines();
			DurableCheck durable = new DurableCheck(journal);
			TransientCheck other = new TransientCheck(journal);
			durable.check(lines);
			other.check(lines);
			System.out.println("FaultTests: " + journal.size() + " events committed; " + durable + "; " + other + "; "
					+ tormentor);
		}
	}

}
