package io.irpc.sample.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

import io.irpc.sample.api.ErrorRaised;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers in a file which error was shown last, so that the next start of the monitor
 * begins behind it.
 */
final class LastSeen {

	private final Path file;

	private final JsonMapper mapper;

	private @Nullable State state;

	LastSeen(Path file, JsonMapper mapper) {
		this.file = file;
		this.mapper = mapper;
		this.state = read();
	}

	/**
	 * Return when the last error that was shown was found.
	 * @return the instant, {@code null} if none was ever shown
	 */
	@Nullable Instant at() {
		return (this.state != null) ? this.state.at() : null;
	}

	/**
	 * Return whether an error comes behind the last one that was shown.
	 * @param error the error
	 * @return {@code false} for one that was shown before
	 */
	boolean isNew(ErrorRaised error) {
		return this.state == null || error.at().isAfter(this.state.at());
	}

	/**
	 * Remember an error as shown.
	 * @param error the error
	 */
	void remember(ErrorRaised error) {
		this.state = new State(error.at());
		try {
			Path absolute = this.file.toAbsolutePath();
			Files.createDirectories(absolute.getParent());
			Path temporary = absolute.resolveSibling(absolute.getFileName() + ".tmp");
			Files.write(temporary, this.mapper.writeValueAsBytes(this.state));
			Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot remember the last error in " + this.file, ex);
		}
	}

	private @Nullable State read() {
		if (Files.notExists(this.file)) {
			return null;
		}
		try {
			return this.mapper.readValue(Files.readAllBytes(this.file), State.class);
		}
		catch (IOException | JacksonException ex) {
			throw new IllegalStateException("Cannot read " + this.file
					+ ", which remembers the last error shown: delete it to see all errors again", ex);
		}
	}

	/**
	 * The content of the file.
	 *
	 * @param at when the last error that was shown was found
	 */
	record State(Instant at) {

	}

}
