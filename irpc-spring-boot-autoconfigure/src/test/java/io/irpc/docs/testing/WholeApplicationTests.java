package io.irpc.docs.testing;

import java.time.Duration;

import io.irpc.call.CallTimeoutException;
import io.irpc.docs.daemon.DaemonApplication;
import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.support.WithoutSecurity;
import io.irpc.test.BadLink;
import io.irpc.test.IrpcTestClient;
import io.irpc.test.LocalIrpcPort;
import io.irpc.test.RandomFaults;
import io.irpc.test.Side;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Shows the port and links that fail.
 */
@ContextConfiguration(classes = DaemonApplication.class)
@TestPropertySource(properties = WithoutSecurity.PROPERTY)
// tag::port[]
@SpringBootTest(properties = "irpc.server.port=0")
class WholeApplicationTests {

	@LocalIrpcPort
	private int port;

	@Test
	void errorsAreListed(@Autowired IrpcTestClient client) {
		assertThat(client.call("errors.list").exchange()).succeeded();
	}

	// end::port[]
	// tag::link[]
	@Test
	void whenTheAnswerIsLostThenTheErrorIsReportedNevertheless() {
		try (BadLink link = BadLink.to(this.port); IrpcTestClient client = IrpcTestClient.to(link.port())) {
			assertThat(client.call("errors.list").exchange()).succeeded();
			link.freeze(Side.SERVER);
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.call("errors.report")
				.argument("file", "a.csv")
				.argument("line", 3)
				.argument("message", "not a number")
				.timeout(Duration.ofMillis(500))
				.exchange());
			link.reset().thaw();
			await().ignoreExceptions()
				.untilAsserted(() -> assertThat(client.call("errors.list").exchange()).list(ErrorRecord.class)
					.contains(new ErrorRecord("a.csv", 3, "not a number")));
		}
	}
	// end::link[]

	// tag::random[]
	@Test
	void whenConnectionsFailAtRandomThenEachCallSucceedsInTheEnd() {
		RandomFaults faults = RandomFaults.ofSeed(42).cutWithin(1000).delayUpTo(Duration.ofMillis(5));
		try (BadLink link = BadLink.to(this.port).random(faults)) {
			for (int i = 0; i < 20; i++) {
				try (IrpcTestClient client = IrpcTestClient.to(link.port())) {
					await().ignoreExceptions()
						.untilAsserted(() -> assertThat(client.call("errors.list").exchange()).succeeded());
				}
			}
			assertThat(link.connections()).isGreaterThan(20);
		}
	}
	// end::random[]
	// tag::port[]

}
// end::port[]
