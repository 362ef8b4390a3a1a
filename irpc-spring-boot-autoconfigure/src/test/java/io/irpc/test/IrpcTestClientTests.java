package io.irpc.test;

import java.time.Duration;

import io.irpc.server.IrpcServer;
import io.irpc.test.greeting.Greeting;
import io.irpc.test.greeting.GreetingApplication;
import io.irpc.test.greeting.Unrelated;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IrpcTestClient} and {@link LocalIrpcPort} over a real port.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = GreetingApplication.class,
		properties = { "irpc.server.port=0", "irpc.client.address=127.0.0.1:1" })
// its client goes on connecting, and tells so in the log that other tests look at
@DirtiesContext
class IrpcTestClientTests {

	private final IrpcTestClient client;

	@LocalIrpcPort
	private int port;

	IrpcTestClientTests(@Autowired IrpcTestClient client) {
		this.client = client.as("greeter", "secret");
	}

	@Test
	void clientIsConnectedToTheServerOfTheWholeApplication(@Autowired Unrelated unrelated) {
		assertThat(unrelated).isNotNull();
		assertThat(this.client.call("greeter.greet").argument("Ann").timeout(Duration.ofSeconds(5)).exchange())
			.hasValue(new Greeting("Ann", "Good day, Ann"));
		assertThat(this.client.line("!call@1\tfn:porter.open")).containsExactly(">1\t\tnull");
	}

	@Test
	void whenContextPausesAndGoesOnThenTheClientKnowsTheNewPort(@Autowired ConfigurableApplicationContext context) {
		assertThat(this.client.call("porter.open").exchange()).succeeded();
		context.pause();
		context.restart();
		assertThat(this.client.call("porter.open").exchange()).succeeded();
		assertThat(context.getEnvironment().getProperty("local.irpc.port", Integer.class))
			.isEqualTo(context.getBean(IrpcServer.class).port());
	}

	@Test
	void clientOfAPortWorksWithoutAContext() {
		assertThat(this.port).isPositive();
		try (BadLink link = BadLink.to(this.port); IrpcTestClient other = IrpcTestClient.to(link.port())) {
			assertThat(other.as("greeter", "secret").call("greeter.greet").argument("Ann").exchange()).succeeded();
			assertThat(link.passed(Side.CLIENT)).isPositive();
		}
	}

	@Test
	void whenFewerEventsAreRaisedThanExpectedThenThatIsTold(@Autowired ApplicationEventPublisher publisher) {
		try (IrpcTestEvents greetings = this.client.monitor("greeted")) {
			publisher.publishEvent(new Greeting("Eve", "Hello"));
			greetings.await(1);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> greetings.await(2, Duration.ofMillis(50)))
				.withMessage(
						"Expected 2 firings of greeted within 50 ms, but there were 1: [{\"name\":\"Eve\",\"text\":\"Hello\"}]");
		}
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.monitor("nothing"))
			.withMessage("Cannot monitor nothing: nothing is not a registered event!");
	}

	@Test
	void conversationGoesOnOverOneConnection(@Autowired ApplicationEventPublisher publisher) {
		try (IrpcTestConnection connection = this.client.connect()) {
			assertThat(connection.exchange("!monitor@m\tev:greeted")).containsExactly(">m\t\tnull");
			publisher.publishEvent(new Greeting("Eve", "Hello"));
			assertThat(connection.read()).isEqualTo(">m\tSignal\t{\"name\":\"Eve\",\"text\":\"Hello\"}");
			assertThat(connection.send("# a comment").send("").exchange("!ping@")).singleElement()
				.asString()
				.matches(">[0-9A-Fx]+\t\tnull");
			assertThat(connection.exchange("GET / HTTP/1.1")).singleElement().asString().contains("no IRPC peer");
			assertThat(connection.read()).isNull();
			assertThat(connection.read()).isNull();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> connection.exchange("!ping@1"))
				.withMessageContaining("closed the connection");
		}
	}

}
