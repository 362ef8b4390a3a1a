package io.irpc.docs.desk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.irpc.call.RemoteCallException;
import io.irpc.client.IrpcClient;
import io.irpc.docs.daemon.DaemonApplication;
import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.server.IrpcServer;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the application of "Interfaces as clients".
 */
@ExtendWith(OutputCaptureExtension.class)
class DeskApplicationTests {

	private ConfigurableApplicationContext daemon;

	private ConfigurableApplicationContext desk;

	@BeforeEach
	void start() {
		this.daemon = new SpringApplicationBuilder(DaemonApplication.class).run("--irpc.server.port=0",
				"--" + WithoutSecurity.PROPERTY);
		this.desk = new SpringApplicationBuilder(DeskApplication.class)
			.run("--irpc.client.address=127.0.0.1:" + this.daemon.getBean(IrpcServer.class).port());
	}

	@AfterEach
	void stop() {
		this.desk.close();
		this.daemon.close();
	}

	@Test
	void importedInterfaceIsInjectedAndCallsTheDaemon() throws Exception {
		Desk clerk = this.desk.getBean(Desk.class);
		assertThat(clerk.isClear("a.csv")).isTrue();
		ErrorViews views = this.desk.getBean(IrpcClient.class).proxy(ErrorViews.class);
		views.report("a.csv", 3, "not a number");
		assertThat(clerk.isClear("a.csv")).isFalse();
		ErrorRecord error = new ErrorRecord("a.csv", 3, "not a number");
		assertThat(views.listLater(1).get(10, TimeUnit.SECONDS)).containsExactly(error);
		assertThat(views.listReactively(1).block(Duration.ofSeconds(10))).containsExactly(error);
		assertThat(views.count()).isEqualTo(1);
	}

	@Test
	void interceptorLogsWhatFails(CapturedOutput output) {
		assertThatExceptionOfType(RemoteCallException.class)
			.isThrownBy(() -> this.desk.getBean(IrpcClient.class).call("errors.unknown").retrieve(String.class));
		assertThat(output).contains("errors.unknown has failed");
	}

}
