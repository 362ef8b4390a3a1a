package io.irpc.sample.daemon.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.sample.api.Settings;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.sample.daemon.support.JsonFiles;
import io.irpc.sample.daemon.support.SampleProperties;
import io.irpc.sample.daemon.support.StartupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SettingsStore}.
 */
class SettingsStoreTests {

	private static final Settings DEFAULTS = new Settings(-50, 50, Duration.ofSeconds(1), 20);

	@TempDir
	Path root;

	private final List<Object> events = new ArrayList<>();

	private DataDirectory directory;

	@BeforeEach
	void start() {
		this.directory = new DataDirectory(
				new SampleProperties(this.root, new SampleProperties.Ftp(0, "sensor", "sensor")));
	}

	@AfterEach
	void stop() throws IOException {
		this.directory.close();
	}

	@Test
	void withoutAFileTheDefaultsAreInForce() {
		assertThat(store().get()).isEqualTo(DEFAULTS);
	}

	@Test
	void whatIsNotGivenStaysAsItIs() {
		SettingsStore store = store();
		assertThat(store.update(null, 60.5, null, null)).isEqualTo(new Settings(-50, 60.5, Duration.ofSeconds(1), 20));
		assertThat(store.update(-1.0, null, Duration.ofMillis(250), 0))
			.isEqualTo(new Settings(-1, 60.5, Duration.ofMillis(250), 0))
			.isEqualTo(store.get());
	}

	@Test
	void aChangeOutlastsARestart() {
		Settings changed = store().update(-1.5, 1e10, Duration.parse("PT1M0.5S"), 7);
		assertThat(store().get()).isEqualTo(changed);
	}

	@Test
	void aChangeIsPublishedOnce() {
		SettingsStore store = store();
		Settings changed = store.update(null, null, null, 7);
		store.update(null, null, null, 7);
		store.update(null, null, null, null);
		assertThat(this.events).containsExactly(changed);
	}

	@Test
	void aRefusedChangeChangesNothing() {
		SettingsStore store = store();
		assertThatExceptionOfType(IrpcException.class).isThrownBy(() -> store.update(0.0, null, null, 1001))
			.withMessage("maximumBadLines: 1001 (expected: 0 to 1000)")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
		assertThat(store.get()).isEqualTo(DEFAULTS);
		assertThat(this.events).isEmpty();
		assertThat(this.directory.settings()).doesNotExist();
	}

	@Test
	void minimumMustBeLessThanMaximum() {
		assertThatRefused(50.0, null, null, "minimum: 50.0 (expected: less than maximum, which is 50.0)");
		assertThatRefused(null, -50.5, null, "minimum: -50.0 (expected: less than maximum, which is -50.5)");
	}

	@ParameterizedTest
	@ValueSource(doubles = { Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
	void theRangeMustBeFinite(double value) {
		assertThatRefused(value, null, null, "minimum: " + value + " (expected: a finite number)");
		assertThatRefused(null, value, null, "maximum: " + value + " (expected: a finite number)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.099S", "PT1H0.001S", "PT87600000H" })
	void thePollIntervalHasBounds(String interval) {
		assertThatRefused(null, null, Duration.parse(interval),
				"pollInterval: " + Duration.parse(interval) + " (expected: PT0.1S to PT1H)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "{\"minimum\":5,\"maximum\":1,\"pollInterval\":\"PT1S\",\"maximumBadLines\":1}",
			"{\"minimum\":0,\"maximum\":1}" })
	void aFileThatHoldsNoSettingsStopsTheStart(String content) throws IOException {
		Files.writeString(this.directory.settings(), content);
		assertThatExceptionOfType(StartupException.class).isThrownBy(this::store)
			.withMessageContaining("settings.json");
	}

	private void assertThatRefused(@Nullable Double minimum, @Nullable Double maximum, @Nullable Duration pollInterval,
			String message) {
		assertThatExceptionOfType(IrpcException.class)
			.isThrownBy(() -> store().update(minimum, maximum, pollInterval, null))
			.withMessage(message);
	}

	private SettingsStore store() {
		return new SettingsStore(this.directory, new JsonFiles(JsonMapper.shared()), this.events::add);
	}

}
