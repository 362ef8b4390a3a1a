package io.irpc.sample.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.ErrorsService;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.test.IrpcTestClient;
import io.irpc.test.IrpcTestEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the daemon that run as well on code that was generated ahead of time.
 */
@SpringBootTest(properties = { "irpc.server.port=0", "sample.ftp.port=0" })
@ActiveProfiles("daemon")
@DirtiesContext
class DaemonContextTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path root;

	@DynamicPropertySource
	static void directory(DynamicPropertyRegistry properties) {
		properties.add("sample.data-directory", () -> root);
	}

	@Test
	void aFileInTheFolderIsAnEventForWhoListensAndARowForWhoCalls(@Autowired IrpcTestClient client,
			@Autowired DataDirectory directory, @Autowired ErrorsService errors) throws IOException {
		IrpcTestClient viewer = client.as("viewer", "viewer");
		try (IrpcTestEvents raised = viewer.monitor("errorRaised")) {
			Files.writeString(directory.inbox().resolve("a.csv"), "x\nnorth,2026-01-01T00:00:00Z,1\n");
			ErrorRaised error = raised.await(1).fired(ErrorRaised.class).get(0);
			assertThat(error.file()).isEqualTo("a.csv");
			assertThat(errors.list(null, 5)).containsExactly(error);
			assertThat(viewer.call("errors.list").exchange()).list(ErrorRaised.class).containsExactly(error);
		}
	}

}
