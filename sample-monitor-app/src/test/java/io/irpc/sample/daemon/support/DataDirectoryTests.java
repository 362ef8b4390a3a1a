package io.irpc.sample.daemon.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DataDirectory}.
 */
class DataDirectoryTests {

	@TempDir
	Path root;

	@Test
	void whatIsMissingIsCreated() throws IOException {
		try (DataDirectory directory = open(this.root.resolve("new/data"))) {
			assertThat(directory.inbox()).isEmptyDirectory();
			assertThat(directory.processing()).isEmptyDirectory();
			assertThat(directory.results()).isEmptyDirectory();
			assertThat(directory.processed()).isEmptyDirectory();
			assertThat(directory.rejected()).isEmptyDirectory();
		}
	}

	@Test
	void aDirectoryInUseIsRefusedUntilItIsClosed() throws IOException {
		try (DataDirectory directory = open(this.root)) {
			assertThat(directory.inbox()).exists();
			assertThatExceptionOfType(StartupException.class).isThrownBy(() -> open(this.root))
				.withMessage("The data directory " + this.root + " is in use by another daemon.");
		}
		open(this.root).close();
	}

	@Test
	void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
		Path file = Files.createFile(this.root.resolve("file"));
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> open(file))
			.withMessageContaining(file.toString());
	}

	@Test
	void aFailureTellsWhatToDo() {
		StartupException failure = new StartupException("What is wrong.", "What to do.", null);
		FailureAnalysis analysis = new StartupFailureAnalyzer().analyze(new IllegalStateException(failure));
		assertThat(analysis).extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction)
			.containsExactly("What is wrong.", "What to do.");
	}

	private static DataDirectory open(Path path) {
		return new DataDirectory(new SampleProperties(path, new SampleProperties.Ftp(0, "sensor", "sensor")));
	}

}
