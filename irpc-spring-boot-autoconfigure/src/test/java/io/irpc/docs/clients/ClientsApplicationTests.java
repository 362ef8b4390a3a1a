package io.irpc.docs.clients;

import io.irpc.docs.Documentation;
import io.irpc.docs.daemon.DaemonApplication;
import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.docs.daemon.ErrorService;
import io.irpc.server.IrpcServer;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs what the chapter about clients shows of several clients and of none in a context.
 */
class ClientsApplicationTests {

	private static final ErrorRecord ERROR = new ErrorRecord("a.csv", 3, "not a number");

	private final ConfigurableApplicationContext office = daemon();

	private final ConfigurableApplicationContext warehouse = daemon();

	@AfterEach
	void stop() {
		this.office.close();
		this.warehouse.close();
	}

	@Test
	void eachClientCallsAndListensToItsOwnServer() {
		String yaml = Documentation.text("examples/clients.yml")
			.replace("192.0.2.7:10123", "localhost:" + port(this.office))
			.replace("192.0.2.8:10123", "localhost:" + port(this.warehouse));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ClientsApplication.class)
			.initializers(Documentation.configuration(yaml))
			.run()) {
			copies(context);
		}
	}

	@Test
	void detailsTakeThePlaceOfAnAddress() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ClientsApplication.class).run(
				"--irpc.client.address=localhost:" + port(this.office), "--irpc.clients.warehouse.timeout=5s",
				"--warehouse.port=" + port(this.warehouse))) {
			copies(context);
		}
	}

	@Test
	void aProgramReportsAnError() {
		ReportCommand.main(new String[] { "localhost:" + port(this.office), "a.csv", "3", "not a number" });
		assertThat(this.office.getBean(ErrorService.class).list(1)).containsExactly(ERROR);
	}

	private void copies(ConfigurableApplicationContext context) {
		Transfers transfers = context.getBean(Transfers.class);
		await().untilAsserted(() -> {
			this.warehouse.getBean(ErrorService.class).report(ERROR.file(), ERROR.line(), ERROR.message());
			assertThat(transfers.seen).contains(ERROR);
		});
		assertThat(transfers.copy()).contains(ERROR);
		assertThat(this.office.getBean(ErrorService.class).list(10)).contains(ERROR);
	}

	private static ConfigurableApplicationContext daemon() {
		return new SpringApplicationBuilder(DaemonApplication.class).run("--irpc.server.port=0",
				"--" + WithoutSecurity.PROPERTY);
	}

	private static int port(ConfigurableApplicationContext daemon) {
		return daemon.getBean(IrpcServer.class).port();
	}

}
