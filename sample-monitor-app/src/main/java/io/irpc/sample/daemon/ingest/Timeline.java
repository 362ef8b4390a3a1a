package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.irpc.sample.daemon.results.RecentResults;
import io.irpc.sample.daemon.support.DataDirectory;

import org.springframework.stereotype.Component;

/**
 * Hands out instants that increase with every call, over restarts too and whatever the
 * clock does. They, and the ids made of them, are therefore unique and sort by age.
 */
@Component
final class Timeline {

	private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSSSSS")
		.withZone(ZoneOffset.UTC);

	private final Clock clock;

	private final AtomicReference<Instant> last;

	Timeline(Clock clock, RecentResults results, DataDirectory directory) throws IOException {
		this.clock = clock;
		this.last = new AtomicReference<>(results.latest());
		for (Arrival arrival : Arrival.list(directory)) {
			Instant instant = ID.parse(arrival.id(), Instant::from);
			this.last.updateAndGet((previous) -> instant.isAfter(previous) ? instant : previous);
		}
	}

	Instant next() {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		return this.last.updateAndGet((previous) -> now.isAfter(previous) ? now : previous.plus(1, ChronoUnit.MICROS));
	}

	static String id(Instant instant) {
		return ID.format(instant);
	}

}
