package io.irpc.sample.daemon.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.sample.api.Settings;
import io.irpc.sample.api.SettingsService;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.sample.daemon.support.JsonFiles;
import io.irpc.sample.daemon.support.StartupException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Keeps the settings in a file and publishes every change of them.
 */
@Component
public final class SettingsStore implements SettingsService {

	private static final Settings DEFAULTS = new Settings(-50, 50, Duration.ofSeconds(1), 20);

	private final Path file;

	private final JsonFiles jsonFiles;

	private final ApplicationEventPublisher events;

	private volatile Settings settings;

	/**
	 * Read the settings, or start with the defaults if there are none.
	 * @param directory where the file is
	 * @param jsonFiles reads and writes the file
	 * @param events takes the changes
	 */
	public SettingsStore(DataDirectory directory, JsonFiles jsonFiles, ApplicationEventPublisher events) {
		this.file = directory.settings();
		this.jsonFiles = jsonFiles;
		this.events = events;
		try {
			this.settings = Files.exists(this.file) ? jsonFiles.read(this.file, Settings.class) : DEFAULTS;
		}
		catch (IOException ex) {
			throw new StartupException("The settings cannot be read: " + ex.getMessage(),
					"Correct the file, or delete it to start with the default settings.", ex);
		}
	}

	@Override
	public Settings get() {
		return this.settings;
	}

	@Override
	public synchronized Settings update(@Nullable Double minimum, @Nullable Double maximum,
			@Nullable Duration pollInterval, @Nullable Integer maximumBadLines) {
		Settings old = this.settings;
		Settings updated = validate(Objects.requireNonNullElse(minimum, old.minimum()),
				Objects.requireNonNullElse(maximum, old.maximum()),
				Objects.requireNonNullElse(pollInterval, old.pollInterval()),
				Objects.requireNonNullElse(maximumBadLines, old.maximumBadLines()));
		if (!updated.equals(old)) {
			try {
				this.jsonFiles.write(this.file, updated);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.settings = updated;
			this.events.publishEvent(updated);
		}
		return updated;
	}

	private static Settings validate(double minimum, double maximum, Duration pollInterval, int maximumBadLines) {
		try {
			return new Settings(minimum, maximum, pollInterval, maximumBadLines);
		}
		catch (IllegalArgumentException ex) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, String.valueOf(ex.getMessage()), ex);
		}
	}

}
