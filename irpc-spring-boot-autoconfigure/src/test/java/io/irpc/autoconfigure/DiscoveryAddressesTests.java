package io.irpc.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.support.Analyses;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of servers that are found by Spring Cloud.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryAddressesTests {

	private final ScriptedServer first = server("first");

	private final ScriptedServer second = server("second");

	private final FakeDiscoveryClient discovery = new FakeDiscoveryClient();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, IrpcAutoConfiguration.class,
				IrpcClientAutoConfiguration.class))
		.withPropertyValues("irpc.client.address=discovery:orders", "irpc.client.reconnect.initial-delay=5ms",
				"irpc.client.reconnect.max-delay=50ms");

	private final ApplicationContextRunner faked = this.runner.withBean(DiscoveryClient.class, () -> this.discovery);

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void whenAServiceIsNamedThenItsInstanceIsCalledAtThePortOfItsMetadata() {
		this.discovery.instances.add(instance("localhost", 1, Map.of("irpc.port", "" + this.first.port())));
		this.faked.run((context) -> assertThat(name(context.getBean(IrpcClient.class))).isEqualTo("first"));
	}

	@Test
	void whenThereIsNoMetadataThenThePortOfTheInstanceIsUsed() {
		this.discovery.instances.add(instance("127.0.0.1", this.first.port(), Map.of()));
		this.faked.run((context) -> assertThat(name(context.getBean(IrpcClient.class))).isEqualTo("first"));
	}

	@Test
	void whenTheServiceMovesThenItIsFoundAgain() {
		this.discovery.instances.add(instance("localhost", this.first.port(), Map.of()));
		this.faked.run((context) -> {
			IrpcClient client = context.getBean(IrpcClient.class);
			assertThat(name(client)).isEqualTo("first");
			this.discovery.instances.set(0, instance("localhost", this.second.port(), Map.of()));
			this.first.cut();
			await().ignoreExceptions().untilAsserted(() -> assertThat(name(client)).isEqualTo("second"));
		});
	}

	@Test
	void whenAnInstanceHasNoPortThenTheOthersAreUsed(CapturedOutput output) {
		this.discovery.instances.add(instance("localhost", 1, Map.of("irpc.port", "many")));
		this.discovery.instances.add(instance("localhost", 0, Map.of()));
		this.discovery.instances.add(instance("localhost", this.first.port(), Map.of()));
		this.faked.run((context) -> assertThat(name(context.getBean(IrpcClient.class))).isEqualTo("first"));
		assertThat(output).contains("many in its metadata irpc.port (expected: 1 to 65535)");
	}

	@Test
	void whenTheServiceHasNoInstanceThenTheFailureSaysSo() {
		this.faked.run((context) -> assertThatExceptionOfType(NotConnectedException.class)
			.isThrownBy(() -> name(context.getBean(IrpcClient.class)))
			.withMessageContaining("discovery:orders has no instance"));
	}

	@Test
	void whenTheLookUpFailsThenAddressesThatAreSetAreTried() {
		this.discovery.failure = new IllegalStateException("the register is down");
		this.faked.withPropertyValues("irpc.client.address=discovery:orders,localhost:" + this.first.port())
			.run((context) -> assertThat(name(context.getBean(IrpcClient.class))).isEqualTo("first"));
		this.faked.run((context) -> assertThatExceptionOfType(NotConnectedException.class)
			.isThrownBy(() -> name(context.getBean(IrpcClient.class)))
			.withMessageContaining("discovery:orders cannot be looked up: the register is down"));
	}

	@Test
	void whenWhatIsConfiguredForTlsCannotBeUsedThenTheStartFails() {
		this.faked.withPropertyValues("irpc.client.ssl.bundle=none")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.isEqualTo("irpc.client.ssl.bundle=none is no SSL bundle"));
	}

	@Test
	void whenSpringCloudFindsInstancesByPropertiesThenTheyAreUsed() {
		this.runner
			.withConfiguration(AutoConfigurations.of(UtilAutoConfiguration.class,
					SimpleDiscoveryClientAutoConfiguration.class, CompositeDiscoveryClientAutoConfiguration.class))
			.withPropertyValues("spring.cloud.discovery.client.simple.instances.orders[0].uri=http://localhost:1",
					"spring.cloud.discovery.client.simple.instances.orders[0].metadata.[irpc.port]="
							+ this.first.port())
			.run((context) -> assertThat(name(context.getBean(IrpcClient.class))).isEqualTo("first"));
	}

	@Test
	void whenThereIsNoDiscoveryClientThenTheStartFails() {
		this.runner.run((context) -> assertNone(context.getStartupFailure()));
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.run((context) -> assertNone(context.getStartupFailure()));
	}

	@Test
	void whenANamedClientNamesAServiceThenThatOneIsCalledAndToldOf() {
		ApplicationContextRunner named = this.runner.withPropertyValues("irpc.client.address=127.0.0.1:1",
				"irpc.clients.stock.address=discovery:orders");
		this.discovery.instances.add(instance("localhost", this.first.port(), Map.of()));
		named.withBean(DiscoveryClient.class, () -> this.discovery)
			.run((context) -> assertThat(name(context.getBean("stockIrpcClient", IrpcClient.class)))
				.isEqualTo("first"));
		named.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription()).isEqualTo(
				"irpc.clients.stock.address=discovery:orders needs a DiscoveryClient of Spring Cloud, and there is none"));
	}

	private static void assertNone(@Nullable Throwable failure) {
		assertThat(Analyses.of(failure).getDescription()).isEqualTo(
				"irpc.client.address=discovery:orders needs a DiscoveryClient of Spring Cloud, and there is none");
	}

	private static @Nullable String name(IrpcClient client) {
		return client.call("name").retrieve(String.class);
	}

	private static ServiceInstance instance(String host, int port, Map<String, String> metadata) {
		return new DefaultServiceInstance(host + ":" + port, "orders", host, port, false, metadata);
	}

	private static ScriptedServer server(String name) {
		return new ScriptedServer(0, (line) -> ">" + line.substring(line.indexOf('@') + 1, line.indexOf('\t')) + "\t\t"
				+ (line.startsWith("!identify") ? "{}" : "\"" + name + "\""));
	}

	private static final class FakeDiscoveryClient implements DiscoveryClient {

		private final List<ServiceInstance> instances = new ArrayList<>();

		private @Nullable RuntimeException failure;

		@Override
		public String description() {
			return "instances of this test";
		}

		@Override
		public List<ServiceInstance> getInstances(String service) {
			if (this.failure != null) {
				throw this.failure;
			}
			return service.equals("orders") ? List.copyOf(this.instances) : List.of();
		}

		@Override
		public List<String> getServices() {
			return List.of("orders");
		}

	}

}
