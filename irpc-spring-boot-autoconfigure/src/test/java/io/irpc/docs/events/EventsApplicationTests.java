package io.irpc.docs.events;

import java.util.List;

import io.irpc.server.IrpcServer;
import io.irpc.support.NoTransactionManager;
import io.irpc.support.RawClient;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Checks what the chapter about events says.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "irpc.server.port=0", WithoutSecurity.PROPERTY })
class EventsApplicationTests {

	@Autowired
	private IrpcServer server;

	@Autowired
	private FileImport fileImport;

	@Autowired
	private ApplicationEventPublisher publisher;

	@Test
	void eventOfATransactionLeavesAfterTheCommitOnly() {
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!monitor@m\tev:files.processed")).isEqualTo(">m\t\tnull");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.fileImport.importFile("rolled-back.csv", List.of("1", " ")));
			this.fileImport.importFile("committed.csv", List.of("1", "2"));
			assertThat(client.read()).startsWith(">m\tSignal\t{\"file\":\"committed.csv\",\"lines\":2,\"time\":\"2");
		}
	}

	@Test
	void peerRaisesAnEvent() {
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!monitor@m\tev:files.rescanRequested")).isEqualTo(">m\t\tnull");
			client.send("!call@1\tev:files.rescanRequested\tdirectory=\"inbox\"");
			assertThat(List.of(String.valueOf(client.read()), String.valueOf(client.read())))
				.containsExactlyInAnyOrder(">1\t\tnull", ">m\tSignal\t{\"directory\":\"inbox\"}");
			assertThat(this.fileImport.rescans()).contains("inbox");
			assertThat(client.ask("!call@2\tev:files.processed\tfile=\"a.csv\""))
				.isEqualTo(">2\tException\t\"Event files.processed cannot be raised by a call\"");
		}
	}

	@Test
	void hiddenMemberIsNotSent() {
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!monitor@m\tev:files.transferRefused")).isEqualTo(">m\t\tnull");
			this.publisher.publishEvent(new TransferRefused("a.csv", "ann"));
			assertThat(client.read()).isEqualTo(">m\tSignal\t{\"file\":\"a.csv\"}");
			assertThat(client.ask("!help@1\tev:files.transferRefused"))
				.isEqualTo(">1\t\t\"signal files.transferRefused(file)\"");
		}
	}

	@Test
	void signatureIsOfTheComponents() {
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!help@1\tev:files.processed"))
				.isEqualTo(">1\t\t\"signal files.processed(file, lines, time)\\n\\nAn input file is processed.\"");
			assertThat(client.ask("!call@2\tfn:getEventList"))
				.isEqualTo(">2\t\t[\"files.processed\",\"files.rescanRequested\",\"files.transferRefused\"]");
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Transactions {

		@Bean
		PlatformTransactionManager transactionManager() {
			return new NoTransactionManager();
		}

	}

}
