package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Timeline}.
 */
class TimelineTests {

	@TempDir
	Path root;

	@Test
	void instantsIncreaseWhateverTheClockDoes() throws IOException {
		MutableClock clock = new MutableClock();
		try (Ingest ingest = new Ingest(this.root, clock)) {
			Instant first = ingest.timeline.next();
			assertThat(first).isEqualTo(clock.instant());
			assertThat(ingest.timeline.next()).isEqualTo(first.plusNanos(1000));
			clock.advance(Duration.ofDays(-1));
			assertThat(ingest.timeline.next()).isEqualTo(first.plusNanos(2000));
			clock.advance(Duration.ofDays(2));
			assertThat(ingest.timeline.next()).isEqualTo(clock.instant());
		}
	}

	@Test
	void instantsIncreaseOverRestarts() throws IOException {
		MutableClock clock = new MutableClock();
		Instant settled;
		try (Ingest ingest = new Ingest(this.root, clock)) {
			ingest.store.write(ingest.analyze(new byte[0]));
			settled = ingest.timeline.next();
		}
		clock.advance(Duration.ofDays(-1));
		try (Ingest ingest = new Ingest(this.root, clock)) {
			assertThat(ingest.timeline.next()).isEqualTo(settled);
			Files.writeString(ingest.directory.processing().resolve("20260201T000000000000-x.csv"), "");
		}
		try (Ingest ingest = new Ingest(this.root, clock)) {
			assertThat(ingest.timeline.next()).isEqualTo("2026-02-01T00:00:00.000001Z");
		}
	}

	@Test
	void idsSortLikeTheirInstants() {
		assertThat(Timeline.id(Instant.parse("2026-01-31T08:00:00.000001Z"))).isEqualTo("20260131T080000000001");
	}

}
