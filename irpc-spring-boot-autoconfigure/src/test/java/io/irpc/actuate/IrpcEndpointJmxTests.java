package io.irpc.actuate;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.irpc.annotation.IrpcService;
import io.irpc.docs.operations.EndpointByJmx;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerState;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the endpoint over JMX.
 */
@Timeout(60)
class IrpcEndpointJmxTests {

	private static final String UNRESTRICTED = "management.endpoint.irpc.access=UNRESTRICTED";

	private static final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	private final ApplicationContextRunner runner = EndpointRunner.jmx(Service.class);

	@Test
	void eachPartHasAnOperationAndNoneChangesAnything() {
		this.runner.run((context) -> {
			assertThat(operations()).containsExactlyInAnyOrder("overview", "server", "services", "sessions", "clients",
					"journal", "pairings");
			assertThat(invoke("overview")).containsKeys("server", "services", "sessions", "clients", "journal");
			assertThat(invoke("server")).containsEntry("state", "listening");
			assertThat(invoke("services")).containsKeys("functions", "events");
			assertThat(invoke("journal")).containsEntry("type", "memory");
			assertThat(invoke("clients")).containsEntry("clients", List.of());
			assertThatExceptionOfType(MBeanException.class).isThrownBy(() -> invoke("pairings"))
				.withMessageContaining("There is no 'pairings' here");
		});
	}

	@Test
	void membersAreThoseOfHttpWhateverTheApplicationsJsonIs() {
		this.runner.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE").run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask("!ping@1");
				assertThat(invoke("server").get("drainTimeout")).isEqualTo("PT27S");
				assertThat(invoke("sessions").get("sessions")).asInstanceOf(InstanceOfAssertFactories.list(Map.class))
					.singleElement(InstanceOfAssertFactories.map(String.class, Object.class))
					.containsKey("lastActivity")
					.containsEntry("address", "******")
					.doesNotContainKey("user");
			}
		});
	}

	@Test
	void sessionsAreEndedAndTheServerIsDrained() {
		this.runner.withPropertyValues(UNRESTRICTED).withBean(HeldFunction.class).run((context) -> {
			assertThat(operations()).contains("endSession", "revokePairing", "drain");
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask("!ping@1");
				long id = context.getBean(SessionManager.class).sessions().get(0).id();
				assertThat(EndpointByJmx.endSession(server, id, "maintenance").get("reason")).isEqualTo("maintenance");
				assertThat(raw.read()).contains("An operator has ended this session: maintenance");
				assertThat(raw.read()).isNull();
			}
			assertThatExceptionOfType(MBeanException.class).isThrownBy(() -> invoke("endSession", "0", "maintenance"))
				.withMessageContaining("No session with the id 0 is open");
			assertThatExceptionOfType(JMException.class).isThrownBy(() -> invoke("endSession", "one", "maintenance"))
				.withMessageContaining("id: 'one' (expected: the number of a session)");
			try (RawClient busy = ServerRunner.connect(context)) {
				HeldFunction function = context.getBean(HeldFunction.class);
				function.begin(busy);
				assertThat(invoke("drain")).containsEntry("state", "draining");
				function.release();
				assertThat(busy.read()).isEqualTo(">1\t\ttrue");
			}
			await().until(() -> context.getBean(IrpcServer.class).state() == IrpcServerState.DRAINED);
		});
	}

	private static List<String> operations() throws JMException {
		return Arrays.stream(server.getMBeanInfo(name()).getOperations())
			.map((operation) -> operation.getName())
			.toList();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> invoke(String operation, String... arguments) throws JMException {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return (Map<String, Object>) server.invoke(name(), operation, arguments, signature);
	}

	private static ObjectName name() throws JMException {
		return new ObjectName("org.springframework.boot:type=Endpoint,name=Irpc");
	}

	@IrpcService
	static class Service {

		public int half(int number) {
			return number / 2;
		}

	}

}
