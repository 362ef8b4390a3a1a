package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Worker}.
 */
class WorkerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@TempDir
	Path root;

	private Ingest ingest;

	private Worker worker;

	@BeforeEach
	void start() throws IOException {
		this.ingest = new Ingest(this.root, new MutableClock());
		this.ingest.settings.update(null, null, Duration.ofHours(1), null);
		this.worker = new Worker(this.ingest.scanner, this.ingest.pipeline, this.ingest.settings);
	}

	@AfterEach
	void stop() throws IOException {
		this.worker.stop();
		this.ingest.close();
	}

	@Test
	void whatHasArrivedBeforeTheStartIsSettled() throws IOException {
		arrive("a.csv");
		this.worker.start();
		awaitSettled(1);
	}

	@Test
	void anArrivalDoesNotWaitForThePollInterval() throws IOException {
		arrive("a.csv");
		this.worker.start();
		awaitSettled(1);
		arrive("b.csv");
		this.worker.wakeUp();
		awaitSettled(2);
	}

	@Test
	void thePollIntervalPasses() throws IOException {
		this.ingest.settings.update(null, null, Duration.ofMillis(100), null);
		this.worker.start();
		arrive("a.csv");
		awaitSettled(1);
		arrive("b.csv");
		awaitSettled(2);
	}

	@Test
	void afterTheStopNothingHappens() throws IOException {
		this.worker.start();
		assertThat(this.worker.isRunning()).isTrue();
		this.worker.stop();
		assertThat(this.worker.isRunning()).isFalse();
		arrive("a.csv");
		this.worker.wakeUp();
		assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().equals("ingest"));
	}

	private void arrive(String name) throws IOException {
		Path file = Files.writeString(this.ingest.directory.inbox().resolve("upload.part"), "x");
		this.ingest.intake.take(file, name);
	}

	private void awaitSettled(int count) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(Ingest.names(this.ingest.directory.rejected())).hasSize(count));
	}

}
