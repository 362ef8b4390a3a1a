package io.irpc.sample.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.sample.SampleMonitorApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the daemon with its events on PostgreSQL.
 */
class DaemonOnPostgresTests {

	@TempDir
	Path root;

	@Test
	void eventsAreInTheDatabaseAndOutlastARestart() throws IOException {
		try (EmbeddedPostgres postgres = postgres()) {
			try (ConfigurableApplicationContext daemon = start(postgres)) {
				Files.writeString(this.root.resolve("inbox").resolve("a.csv"), "x\nnorth,2026-01-01T00:00:00Z,1\n");
				Awaitility.await().untilAsserted(() -> assertThatEventsAreThere(daemon));
			}
			assertThat(this.root.resolve("events.mv.db")).doesNotExist();
			try (ConfigurableApplicationContext daemon = start(postgres)) {
				assertThatEventsAreThere(daemon);
			}
		}
	}

	private static void assertThatEventsAreThere(ConfigurableApplicationContext daemon) {
		EventJournal journal = daemon.getBean(EventJournal.class);
		assertThat(journal.read(journal.oldest(), null, 10).entries()).extracting(JournalEntry::event)
			.containsExactly("errorRaised", "fileProcessed");
	}

	private ConfigurableApplicationContext start(EmbeddedPostgres postgres) {
		return SpringApplication.run(SampleMonitorApplication.class, "--spring.profiles.active=daemon,postgres",
				"--sample.postgres.host=localhost:" + postgres.getPort(), "--sample.postgres.database=postgres",
				"--sample.postgres.username=postgres", "--sample.postgres.password=postgres",
				"--sample.data-directory=" + this.root, "--irpc.server.port=0", "--sample.ftp.port=0");
	}

	private static EmbeddedPostgres postgres() {
		try {
			return EmbeddedPostgres.start();
		}
		catch (IOException | RuntimeException ex) {
			return Assumptions.abort("PostgreSQL cannot run here: " + ex);
		}
	}

}
