package io.irpc.autoconfigure;

import io.irpc.annotation.IrpcService;
import io.irpc.call.NotConnectedException;
import io.irpc.client.ClientCredentials;
import io.irpc.client.ConnectionState;
import io.irpc.client.Credentials;
import io.irpc.client.IrpcClient;
import io.irpc.protocol.ErrorCode;
import io.irpc.server.IrpcServer;
import io.irpc.support.Analyses;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of logins of the client to a server with Spring Security.
 */
@Timeout(60)
class ClientLoginConfigurationTests {

	private static final String USER = "irpc.client.username=user";

	private static final String PASSWORD = "irpc.client.password=secret";

	private final ApplicationContextRunner server = ServerRunner.secured(Service.class);

	private final ApplicationContextRunner client = ServerRunner.of()
		.withPropertyValues("irpc.server.enabled=false", "irpc.client.reconnect.initial-delay=10ms",
				"irpc.client.reconnect.max-delay=50ms");

	@Test
	void whenPasswordIsRightThenCallsAreTheUsers() {
		this.server.run((context) -> this.client.withPropertyValues(address(context), USER, PASSWORD)
			.run((other) -> assertThat(whoami(other)).isEqualTo("user")));
	}

	@Test
	void whenConnectionIsPinnedThenTheLoginGoesOverTls() {
		this.server.run((context) -> {
			IrpcServer listening = context.getBean(IrpcServer.class);
			this.client
				.withPropertyValues(
						"irpc.client.address=irpc://localhost:" + listening.port() + "?pin=" + listening.pin(), USER,
						PASSWORD)
				.run((other) -> {
					assertThat(whoami(other)).isEqualTo("user");
					assertThat(other.getBean(IrpcClient.class).call("answer").retrieve(Integer.class)).isEqualTo(42);
				});
		});
	}

	@Test
	void whenPasswordIsWrongThenCallsSayThatTheServerRefusesIt() {
		this.server
			.run((context) -> this.client.withPropertyValues(address(context), USER, "irpc.client.password=wrong")
				.run((other) -> assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> whoami(other))
					.withMessageContaining("The server refuses the password of user 'user'")
					.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAUTHENTICATED))));
	}

	@Test
	void whenThereAreNoCredentialsThenCallsAreNobodys() {
		this.server.run((context) -> this.client.withPropertyValues(address(context))
			.run((other) -> assertThat(whoami(other)).isNull()));
	}

	@Test
	void whenApplicationSuppliesCredentialsThenTheyTakeThePlaceOfTheProperties() {
		this.server.run((context) -> this.client
			.withBean(ClientCredentials.class, () -> () -> Credentials.ofPassword("user", "secret"))
			.withPropertyValues(address(context), USER, "irpc.client.password=wrong")
			.run((other) -> assertThat(whoami(other)).isEqualTo("user")));
	}

	@Test
	void whenUserIsRemovedThenTheClientHearsThatItsLoginHasEnded() {
		this.server.withPropertyValues("irpc.server.login.recheck-interval=50ms").run((context) -> {
			InMemoryUserDetailsManager users = context.getBean(InMemoryUserDetailsManager.class);
			users.createUser(User.withUsername("leaver").password("{noop}secret").authorities("any").build());
			this.client.withPropertyValues(address(context), "irpc.client.username=leaver", PASSWORD).run((other) -> {
				assertThat(whoami(other)).isEqualTo("leaver");
				users.deleteUser("leaver");
				await().until(() -> other.getBean(IrpcClient.class).state() != ConnectionState.CONNECTED);
				await().untilAsserted(
						() -> assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> whoami(other))
							.withMessageContaining("The server refuses the password of user 'leaver'"));
			});
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					irpc.client.username=user | a=b | irpc.client.username is set without irpc.client.password
					irpc.client.password=s3cret | a=b | irpc.client.password is set without irpc.client.username
					irpc.client.token=s3cret | irpc.client.username=user | irpc.client.token is set, and irpc.client.username as well
					irpc.client.token=s3cret | irpc.client.password=a | irpc.client.token is set, and irpc.client.password as well
					""")
	void whenCredentialsAreHalfOrTwiceThenTheStartFails(String one, String other, String description) {
		this.client.withPropertyValues("irpc.client.address=localhost:1", one, other)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.isEqualTo(description));
	}

	@Test
	void whenCredentialsWouldGoToAnotherHostInPlainTextThenTheStartFails() {
		this.client
			.withPropertyValues("irpc.client.address=example.org", "irpc.client.ssl.enabled=false", USER, PASSWORD)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("example.org:10123 in plain text")
				.doesNotContain("secret"));
	}

	private static String address(ApplicationContext context) {
		return "irpc.client.address=localhost:" + context.getBean(IrpcServer.class).port();
	}

	private static @Nullable String whoami(ApplicationContext context) {
		return context.getBean(IrpcClient.class).call("whoami").retrieve(String.class);
	}

	@IrpcService
	static class Service {

		public int answer() {
			return 42;
		}

	}

}
