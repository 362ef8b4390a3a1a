package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.irpc.sample.daemon.settings.SettingsStore;
import io.irpc.sample.daemon.support.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Finds the files that were put into the inbox by other means than FTP. Nobody says when
 * such a file is complete: it counts as complete when its size and its time of
 * modification have not changed for one poll interval.
 */
@Component
final class InboxScanner {

	private static final Logger logger = LoggerFactory.getLogger(InboxScanner.class);

	private final Path inbox;

	private final Intake intake;

	private final SettingsStore settings;

	private final Clock clock;

	private Map<Path, Sighting> sightings = Map.of();

	InboxScanner(DataDirectory directory, Intake intake, SettingsStore settings, Clock clock) {
		this.inbox = directory.inbox();
		this.intake = intake;
		this.settings = settings;
		this.clock = clock;
	}

	void scan() throws IOException {
		Instant now = this.clock.instant();
		Instant complete = now.minus(this.settings.get().pollInterval());
		Map<Path, Sighting> seen = new HashMap<>();
		for (Path file : candidates()) {
			try {
				Sighting sighting = Sighting.of(file, now).since(this.sightings.get(file));
				if (sighting.at().isAfter(complete)) {
					seen.put(file, sighting);
				}
				else {
					this.intake.take(file, file.getFileName().toString());
				}
			}
			catch (NoSuchFileException ex) {
				// its owner has taken it back
			}
			catch (IOException ex) {
				logger.warn("{} cannot be taken and will be tried again: {}", file, ex.toString());
			}
		}
		this.sightings = seen;
	}

	private List<Path> candidates() throws IOException {
		try (Stream<Path> files = Files.list(this.inbox)) {
			return files.filter((file) -> !Intake.isUnfinished(file.getFileName().toString()))
				.filter((file) -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
				.sorted()
				.toList();
		}
	}

	private record Sighting(long size, FileTime modified, Instant at) {

		static Sighting of(Path file, Instant now) throws IOException {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return new Sighting(attributes.size(), attributes.lastModifiedTime(), now);
		}

		Sighting since(@Nullable Sighting previous) {
			return (previous != null && previous.size == this.size && previous.modified.equals(this.modified))
					? previous : this;
		}

	}

}
