package io.irpc.docs.events;

import java.util.List;

import io.irpc.support.NoTransactionManager;
import io.irpc.support.WithoutSecurity;
import io.irpc.test.IrpcTestClient;
import io.irpc.test.IrpcTestEvents;
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
	private IrpcTestClient client;

	@Autowired
	private FileImport fileImport;

	@Autowired
	private ApplicationEventPublisher publisher;

	@Test
	void eventOfATransactionLeavesAfterTheCommitOnly() {
		try (IrpcTestEvents processed = this.client.monitor("files.processed")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.fileImport.importFile("rolled-back.csv", List.of("1", " ")));
			this.fileImport.importFile("committed.csv", List.of("1", "2"));
			assertThat(processed.await(1).fired()).singleElement()
				.asString()
				.startsWith("{\"file\":\"committed.csv\",\"lines\":2,\"time\":\"2");
		}
	}

	@Test
	void peerRaisesAnEvent() {
		try (IrpcTestEvents requested = this.client.monitor("files.rescanRequested")) {
			assertThat(this.client.line("!call@1\tev:files.rescanRequested\tdirectory=\"inbox\""))
				.containsExactly(">1\t\tnull");
			assertThat(requested.await(1).fired(RescanRequested.class)).containsExactly(new RescanRequested("inbox"));
		}
		assertThat(this.fileImport.rescans()).contains("inbox");
		assertThat(this.client.line("!call@2\tev:files.processed\tfile=\"a.csv\""))
			.containsExactly(">2\tException\t\"Event files.processed cannot be raised by a call\"");
	}

	@Test
	void hiddenMemberIsNotSent() {
		try (IrpcTestEvents refused = this.client.monitor("files.transferRefused")) {
			this.publisher.publishEvent(new TransferRefused("a.csv", "ann"));
			assertThat(refused.await(1).fired()).containsExactly("{\"file\":\"a.csv\"}");
		}
		assertThat(this.client.line("!help@1\tev:files.transferRefused"))
			.containsExactly(">1\t\t\"signal files.transferRefused(file)\"");
	}

	@Test
	void signatureIsOfTheComponents() {
		assertThat(this.client.line("!help@1\tev:files.processed"))
			.containsExactly(">1\t\t\"signal files.processed(file, lines, time)\\n\\nAn input file is processed.\"");
		assertThat(this.client.call("getEventList").exchange())
			.hasValue(List.of("files.processed", "files.rescanRequested", "files.transferRefused"));
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
