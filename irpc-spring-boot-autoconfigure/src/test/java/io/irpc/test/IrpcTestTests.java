package io.irpc.test;

import java.util.Map;

import io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration;
import io.irpc.client.ConnectionInfo;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.protocol.ErrorCode;
import io.irpc.server.IrpcServer;
import io.irpc.test.greeting.Access;
import io.irpc.test.greeting.Clerk;
import io.irpc.test.greeting.Greeter;
import io.irpc.test.greeting.Greeting;
import io.irpc.test.greeting.GreetingApplication;
import io.irpc.test.greeting.Unrelated;
import io.netty.channel.local.LocalAddress;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link IrpcTest}.
 */
@ContextConfiguration(classes = GreetingApplication.class)
@IrpcTest(excludeAutoConfiguration = IrpcSecurityAutoConfiguration.class,
		properties = { "irpc.server.port=10123", "irpc.server.unix-socket=/no/such/directory/irpc.sock",
				"irpc.client.address=example.com:10123", "irpc.journal.type=jdbc", "greeting.tested=true" })
class IrpcTestTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private IrpcTestClient client;

	@Test
	void servicesAreStartedAndNothingElse() {
		assertThat(this.context.getBeansOfType(Greeter.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Clerk.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Unrelated.class)).isEmpty();
		assertThat(this.context.getBeansOfType(Access.class)).isEmpty();
		assertThat(this.context.getBean(EventJournal.class)).isInstanceOf(InMemoryEventJournal.class);
		assertThat(this.context.getEnvironment().getProperty("greeting.tested")).isEqualTo("true");
	}

	@Test
	void serverListensOnNoPort() {
		IrpcServer server = this.context.getBean(IrpcServer.class);
		assertThat(server.address()).isInstanceOf(LocalAddress.class);
		assertThatIllegalStateException().isThrownBy(server::port).withMessageContaining("no port");
		assertThat(this.context.getBean(Environment.class).getProperty("local.irpc.port")).isNull();
	}

	@Test
	void functionsAreCalledInsideTheProcess() {
		assertThat(this.client.call("greeter.greet").argument("name", "Ann").exchange())
			.hasValue(new Greeting("Ann", "Good day, Ann"));
		assertThat(this.client.call("greeter.greet").argument("nobody").exchange()).failedWith(ErrorCode.NOT_FOUND)
			.hasMessage("There is nobody")
			.hasDetails(Map.of("name", "nobody"));
		assertThat(this.client.call("porter.open").exchange()).hasNoValue();
		assertThat(this.client.client().proxy(Greeter.class).greet("Bob"))
			.isEqualTo(new Greeting("Bob", "Good day, Bob"));
	}

	@Test
	void jsonIsThatOfTheApplication() {
		assertThat(this.client.call("porter.volume").exchange()).hasValue("60 dB");
	}

	@Test
	void linesAreTypedInsideTheProcess() {
		assertThat(this.client.line("!call@1\tfn:greeter.greet\t=\"Ann\""))
			.containsExactly(">1\t\t{\"name\":\"Ann\",\"text\":\"Good day, Ann\"}");
	}

	@Test
	void eventsReachMonitorsAndListeners(@Autowired ApplicationEventPublisher publisher, @Autowired Clerk clerk) {
		Greeting greeting = new Greeting("Eve", "Hello");
		try (IrpcTestEvents greetings = this.client.monitor("greeted")) {
			publisher.publishEvent(greeting);
			assertThat(greetings.await(1).fired(Greeting.class)).containsExactly(greeting);
			assertThat(greetings.fired()).containsExactly("{\"name\":\"Eve\",\"text\":\"Hello\"}");
		}
		await().until(() -> clerk.list().contains(greeting));
	}

	@Test
	void clientOfTheApplicationCallsTheServerOfTheTest(@Autowired IrpcClient own) {
		assertThat(own.call("greeter.greet").argument("Ann").retrieve(Greeting.class))
			.isEqualTo(new Greeting("Ann", "Good day, Ann"));
	}

	@Test
	void whenContextPausesAndGoesOnThenEverythingIsConnectedAgain(@Autowired ConfigurableApplicationContext context,
			@Autowired ApplicationEventPublisher publisher, @Autowired Clerk clerk, @Autowired IrpcClient own) {
		assertThat(this.client.call("porter.open").exchange()).succeeded();
		context.pause();
		assertThat(context.getBean(IrpcServer.class).isRunning()).isFalse();
		assertThat(own.connection()).extracting(ConnectionInfo::state, ConnectionInfo::lastFailure)
			.containsExactly(ConnectionState.DISCONNECTED, null);
		context.restart();
		assertThat(this.client.call("porter.open").exchange()).succeeded();
		Greeting greeting = new Greeting("Zoe", "Hello again");
		publisher.publishEvent(greeting);
		await().until(() -> clerk.list().contains(greeting));
	}

}
