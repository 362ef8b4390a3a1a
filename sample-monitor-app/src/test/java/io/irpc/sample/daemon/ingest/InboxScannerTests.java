package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboxScanner}.
 */
class InboxScannerTests {

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

	@TempDir
	Path root;

	private Ingest ingest;

	@BeforeEach
	void start() throws IOException {
		this.ingest = new Ingest(this.root, new MutableClock());
		this.ingest.settings.update(null, null, POLL_INTERVAL, null);
	}

	@AfterEach
	void stop() throws IOException {
		this.ingest.close();
	}

	@Test
	void aFileUnchangedForOnePollIntervalIsTaken() throws IOException {
		Path file = put("x.csv");
		scanAfter(Duration.ZERO);
		scanAfter(POLL_INTERVAL.minusMillis(1));
		assertThat(file).exists();
		scanAfter(Duration.ofMillis(1));
		assertThat(file).doesNotExist();
		assertThat(Arrival.list(this.ingest.directory)).extracting(Arrival::name).containsExactly("x.csv");
	}

	@Test
	void aFileThatGrowsIsNotTouched() throws IOException {
		Path file = put("x.csv");
		for (int i = 0; i < 5; i++) {
			scanAfter(POLL_INTERVAL);
			Files.writeString(file, "more", StandardOpenOption.APPEND);
		}
		scanAfter(POLL_INTERVAL);
		assertThat(file).exists();
		scanAfter(POLL_INTERVAL);
		assertThat(file).doesNotExist();
	}

	@Test
	void aFileThatTakesThePlaceOfAnotherIsANewFile() throws IOException {
		Path file = put("x.csv");
		scanAfter(Duration.ZERO);
		Files.delete(file);
		scanAfter(POLL_INTERVAL);
		put("x.csv");
		scanAfter(POLL_INTERVAL);
		assertThat(file).exists();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x.csv.part", "x.csv.PART", "x.csv.tmp", "x.csv.filepart", ".x.csv", ".part" })
	void aFileWhoseNameSaysThatItIsUnfinishedIsNotTouched(String name) throws IOException {
		Path file = put(name);
		scanAfter(POLL_INTERVAL);
		scanAfter(POLL_INTERVAL);
		assertThat(file).exists();
	}

	@Test
	void directoriesAndLinksAreNotTouched() throws IOException {
		Path directory = Files.createDirectory(this.ingest.directory.inbox().resolve("directory"));
		Path target = Files.writeString(this.root.resolve("target"), "x");
		Path link = Files.createSymbolicLink(this.ingest.directory.inbox().resolve("link"), target);
		scanAfter(POLL_INTERVAL);
		scanAfter(POLL_INTERVAL);
		assertThat(directory).exists();
		assertThat(link).exists();
	}

	@Test
	void aShorterPollIntervalTakesEffectAtOnce() throws IOException {
		Path file = put("x.csv");
		scanAfter(Duration.ZERO);
		this.ingest.settings.update(null, null, Duration.ofSeconds(1), null);
		scanAfter(Duration.ofSeconds(1));
		assertThat(file).doesNotExist();
	}

	private Path put(String name) throws IOException {
		return Files.writeString(this.ingest.directory.inbox().resolve(name), "content");
	}

	private void scanAfter(Duration duration) throws IOException {
		this.ingest.clock.advance(duration);
		this.ingest.scanner.scan();
	}

}
