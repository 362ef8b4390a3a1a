package io.irpc.docs.testing;

import java.util.List;

import io.irpc.docs.daemon.DaemonApplication;
import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.protocol.ErrorCode;
import io.irpc.support.WithoutSecurity;
import io.irpc.test.IrpcTest;
import io.irpc.test.IrpcTestAnswer;
import io.irpc.test.IrpcTestClient;
import io.irpc.test.IrpcTestConnection;
import io.irpc.test.IrpcTestEvents;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows the slice and the client.
 */
@ContextConfiguration(classes = DaemonApplication.class)
@TestPropertySource(properties = WithoutSecurity.PROPERTY)
// tag::slice[]
@IrpcTest
class ErrorServiceTests {

	@Autowired
	private IrpcTestClient client;

	@Test
	void reportedErrorIsListed() {
		report("a.csv", 3, "not a number");
		assertThat(this.client.call("errors.list").argument("limit", 1).exchange()).list(ErrorRecord.class)
			.containsExactly(new ErrorRecord("a.csv", 3, "not a number"));
	}

	private void report(String file, int line, String message) {
		assertThat(this.client.call("errors.report")
			.argument("file", file)
			.argument("line", line)
			.argument("message", message)
			.exchange()).succeeded();
	}

	// end::slice[]
	@Test
	void answersAreAsserted() {
		report("a.csv", 3, "not a number");
		// tag::answers[]
		IrpcTestAnswer answer = this.client.call("errors.list").argument("limit", 1).exchange();
		assertThat(answer).hasValue(List.of(new ErrorRecord("a.csv", 3, "not a number")));
		assertThat(answer).json().extractingPath("$[0].line").isEqualTo(3);
		assertThat(this.client.call("errors.list").argument("limit", "x").exchange())
			.failedWith(ErrorCode.INVALID_ARGUMENT)
			.hasMessage("Argument limit: expected a whole number");
		// end::answers[]
	}

	@Test
	void eventsAreAwaited() {
		// tag::events[]
		try (IrpcTestEvents errors = this.client.monitor("errorRaised")) {
			report("b.csv", 7, "no value");
			assertThat(errors.await(1).fired(ErrorRecord.class))
				.containsExactly(new ErrorRecord("b.csv", 7, "no value"));
		}
		// end::events[]
	}

	@Test
	void linesAreTyped() {
		report("c.csv", 1, "no value");
		// tag::lines[]
		assertThat(this.client.line("!call@1\tfn:errors.list\t=1"))
			.containsExactly(">1\t\t[{\"file\":\"c.csv\",\"line\":1,\"message\":\"no value\"}]");
		try (IrpcTestConnection connection = this.client.connect()) {
			assertThat(connection.exchange("!monitor@m\tev:errorRaised")).containsExactly(">m\t\tnull");
			report("d.csv", 2, "no value");
			assertThat(connection.read())
				.isEqualTo(">m\tSignal\t{\"file\":\"d.csv\",\"line\":2,\"message\":\"no value\"}");
		}
		// end::lines[]
	}
	// tag::slice[]

}
// end::slice[]
