package io.irpc.test;

import java.util.List;

import io.irpc.protocol.ErrorCode;
import io.irpc.test.greeting.Access;
import io.irpc.test.greeting.GreetingApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IrpcTest} with Spring Security.
 */
@ContextConfiguration(classes = GreetingApplication.class)
@IrpcTest
@Import(Access.class)
class IrpcTestSecurityTests {

	@Autowired
	private IrpcTestClient client;

	@Test
	void rulesHoldForEachUser() {
		assertThat(greetAs(this.client)).failedWith(ErrorCode.UNAUTHENTICATED);
		assertThat(greetAs(this.client.as("viewer", "secret"))).failedWith(ErrorCode.PERMISSION_DENIED)
			.hasMessageContaining("cannot execute this call");
		assertThat(greetAs(this.client.as("greeter", "secret"))).succeeded();
		assertThat(this.client.as("viewer", "secret").call("whoami").exchange()).hasValue("viewer");
		assertThat(this.client.as("viewer", "secret")).isSameAs(this.client.as("viewer", "secret"));
	}

	@Test
	void linesAreTypedByTheUser() {
		assertThat(this.client.as("viewer", "secret").line("!call@1\tfn:whoami"))
			.isEqualTo(List.of(">1\t\t\"viewer\""));
		assertThat(this.client.line("!call@1\tfn:porter.open"))
			.containsExactly(">1\tException\t\"The current user cannot execute this call!\"");
	}

	@Test
	void whenLoginIsRefusedThenThatIsTold() {
		IrpcTestClient stranger = this.client.as("viewer", "wrong");
		assertThatException().isThrownBy(() -> greetAs(stranger))
			.withMessageContaining("refuses the password of user 'viewer'");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> stranger.line("!ping@1"))
			.withMessageContaining("refuses the password of user 'viewer'");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.client.withToken("no token").line("!ping@1"))
			.withMessageContaining("refuses the token");
	}

	private static IrpcTestAnswer greetAs(IrpcTestClient user) {
		return user.call("greeter.greet").argument("name", "Ann").exchange();
	}

}
