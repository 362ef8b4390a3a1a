package io.irpc.sample.monitor;

import java.time.Instant;

import io.irpc.client.IrpcClient;
import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.Severity;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.server.IrpcServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the monitor that run as well on code that was generated ahead of time.
 */
@SpringBootTest(properties = "irpc.client.address=localhost:1")
@ActiveProfiles("monitor")
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class MonitorContextTests {

	@Test
	void theMonitorAloneIsAClientAndHasNothingOfTheDaemon(@Autowired ObjectProvider<IrpcClient> client,
			@Autowired ObjectProvider<IrpcServer> server, @Autowired ObjectProvider<DataDirectory> directory) {
		assertThat(client).hasSize(1);
		assertThat(server).isEmpty();
		assertThat(directory).isEmpty();
	}

	@Test
	void theTerminalShowsErrors(@Autowired Terminal terminal, CapturedOutput output) {
		terminal.show(new ErrorRaised("1", Instant.EPOCH, "a.csv", 2, "north", Severity.LOW, "not a number"));
		assertThat(output.getOut()).contains("LOW   a.csv:2 [north]  not a number");
	}

}
