package io.irpc.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.irpc.client.ClientCredentials;
import io.irpc.client.ConnectionState;
import io.irpc.client.Credentials;
import io.irpc.client.IrpcClient;
import io.irpc.session.WorkerPool;
import io.irpc.support.Analyses;
import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of clients that have names, beside the one that has none.
 */
@Timeout(60)
class NamedClientsTests {

	private static final String RETRY = "reconnect.initial-delay=10ms";

	private final ScriptedServer office = server("office");

	private final ScriptedServer warehouse = server("warehouse");

	private final ScriptedServer harbour = server("harbour");

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(JacksonAutoConfiguration.class, IrpcAutoConfiguration.class, IrpcClientAutoConfiguration.class));

	private final ApplicationContextRunner three = this.runner.withPropertyValues(
			"irpc.client.address=localhost:" + this.office.port(),
			"irpc.clients.warehouse.address=localhost:" + this.warehouse.port(),
			"irpc.clients.harbour.address=localhost:" + this.harbour.port(), "irpc.client." + RETRY,
			"irpc.clients.warehouse." + RETRY, "irpc.clients.harbour." + RETRY);

	@AfterEach
	void close() {
		this.office.close();
		this.warehouse.close();
		this.harbour.close();
	}

	@Test
	void whenClientsHaveNamesThenEachIsInjectedByItsQualifier() {
		this.three.withUserConfiguration(Users.class).run((context) -> {
			assertThat(context.getBean("unqualified", User.class).name()).isEqualTo("office");
			assertThat(context.getBean("byQualifier", User.class).name()).isEqualTo("warehouse");
			assertThat(context.getBean("byOtherQualifier", User.class).name()).isEqualTo("harbour");
			assertThat(context.getBean("ofDefault", User.class).name()).isEqualTo("office");
			assertThat(context.getBeanNamesForType(IrpcClient.class)).containsExactlyInAnyOrder("irpcClient",
					"warehouseIrpcClient", "harbourIrpcClient");
		});
	}

	@Test
	void whenThereIsOneNameAloneThenItsClientIsInjectedWithoutAQualifier() {
		this.runner.withPropertyValues("irpc.clients.warehouse.address=localhost:" + this.warehouse.port())
			.run((context) -> assertThat(name(context.getBean(IrpcClient.class))).isEqualTo("warehouse"));
	}

	@Test
	void whenApplicationStartsThenAllClientsConnectAndWhenItStopsThenAllAreClosed() {
		List<IrpcClient> clients = new ArrayList<>();
		this.three.run((context) -> {
			clients.addAll(context.getBeansOfType(IrpcClient.class).values());
			assertThat(clients).hasSize(3)
				.allSatisfy((client) -> await()
					.untilAsserted(() -> assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED)));
		});
		assertThat(clients).extracting(IrpcClient::state).containsOnly(ConnectionState.CLOSED);
	}

	@Test
	void whenNameStandsInEnvironmentVariablesThenThereIsAClient() {
		environment(Map.of("IRPC_CLIENTS_WAREHOUSE_ADDRESS", "localhost:" + this.warehouse.port(),
				"IRPC_CLIENTS_WAREHOUSE_CONNECT_TIMEOUT", "5s"))
			.run((context) -> {
				assertThat(name(context.getBean("warehouseIrpcClient", IrpcClient.class))).isEqualTo("warehouse");
				assertThat(context.getBean(IrpcClientsProperties.class).getClients().get("warehouse")).isNotNull()
					.satisfies((client) -> assertThat(client.getConnectTimeout()).hasSeconds(5));
			});
	}

	@Test
	void whenEnvironmentVariableSpellsANameOtherwiseThenItIsTheSameClient() {
		environment(Map.of("IRPC_CLIENTS_BACKUPSTORE_TIMEOUT", "7s"))
			.withPropertyValues("irpc.clients.backup-store.address=localhost:" + this.warehouse.port())
			.run((context) -> {
				assertThat(context.getBeanNamesForType(IrpcClient.class)).containsExactly("backup-storeIrpcClient");
				assertThat(context.getBean(IrpcClientsProperties.class).getClients().get("backup-store")).isNotNull()
					.satisfies((client) -> assertThat(client.getTimeout()).hasSeconds(7));
			});
	}

	@Test
	void whenSeveralAddressesAreListedThenTheFirstThatWorksIsUsed() {
		this.harbour.close();
		this.runner
			.withPropertyValues("irpc.clients.warehouse.address[0]=localhost:" + this.harbour.port(),
					"irpc.clients.warehouse.address[1]=localhost:" + this.warehouse.port(),
					"irpc.client.address=localhost:" + this.harbour.port() + ",localhost:" + this.office.port())
			.run((context) -> {
				assertThat(name(context.getBean("warehouseIrpcClient", IrpcClient.class))).isEqualTo("warehouse");
				assertThat(name(context.getBean("irpcClient", IrpcClient.class))).isEqualTo("office");
			});
	}

	@Test
	void whenOrderIsRoundRobinThenTheNextConnectionGoesToTheNextServer() {
		this.runner
			.withPropertyValues(
					"irpc.client.address=localhost:" + this.office.port() + ",localhost:" + this.harbour.port(),
					"irpc.client.address-order=round-robin", "irpc.client." + RETRY)
			.run((context) -> {
				IrpcClient client = context.getBean(IrpcClient.class);
				String first = name(client);
				(Objects.equals(first, "office") ? this.office : this.harbour).cut();
				await().ignoreExceptions().untilAsserted(() -> assertThat(name(client)).isNotEqualTo(first));
			});
	}

	@Test
	void whenCallsAreToWaitThenTheyWaitForTheServer() {
		this.warehouse.close();
		this.runner
			.withPropertyValues("irpc.clients.warehouse.address=localhost:" + this.warehouse.port(),
					"irpc.clients.warehouse.while-disconnected=wait", "irpc.clients.warehouse." + RETRY,
					"irpc.clients.warehouse.reconnect.max-delay=50ms")
			.run((context) -> {
				IrpcClient client = context.getBean(IrpcClient.class);
				await().until(() -> client.state() == ConnectionState.DISCONNECTED);
				CompletableFuture<@Nullable String> called = client.call("name").retrieveAsync(String.class);
				try (ScriptedServer back = server(this.warehouse.port(), "back")) {
					assertThat(called.join()).isEqualTo("back");
				}
			});
	}

	@Test
	void whenCallsAreToBeCompletedOnTheEventLoopThenTheyAre() {
		this.runner
			.withPropertyValues("irpc.client.address=localhost:" + this.office.port(),
					"irpc.client.completion=event-loop")
			.run((context) -> {
				IrpcClient client = context.getBean(IrpcClient.class);
				// the answer may be there before what is to follow it
				await().untilAsserted(() -> assertThat(client.call("name")
					.retrieveAsync(String.class)
					.thenApply((name) -> WorkerPool.mayWait())
					.join()).isFalse());
			});
	}

	@Test
	void whenAddressIsAListThenThereIsAClient() {
		this.runner.withPropertyValues("irpc.client.address[0]=localhost:" + this.office.port())
			.run((context) -> assertThat(name(context.getBean(IrpcClient.class))).isEqualTo("office"));
	}

	@Test
	void whenNameIsThatOfTheClientWithoutANameThenTheStartFails() {
		this.runner.withPropertyValues("irpc.clients.default.address=localhost:1").run((context) -> {
			assertThat(description(context)).startsWith("irpc.clients.default has the name of");
			assertThat(Analyses.of(context.getStartupFailure()).getAction()).contains("irpc.client.*");
		});
	}

	@Test
	void whenThereIsNoAddressForANameThenTheStartFails() {
		this.runner.withPropertyValues("irpc.clients.warehouse.timeout=1s").run((context) -> {
			assertThat(description(context)).isEqualTo("irpc.clients.warehouse.address is not set");
			assertThat(Analyses.of(context.getStartupFailure()).getAction())
				.startsWith("Set irpc.clients.warehouse.address to ");
		});
	}

	@Test
	void whenCredentialsOfANameAreHalfThenTheStartFails() {
		this.runner
			.withPropertyValues("irpc.clients.warehouse.address=localhost:1", "irpc.clients.warehouse.username=user")
			.run((context) -> assertThat(description(context))
				.isEqualTo("irpc.clients.warehouse.username is set without irpc.clients.warehouse.password"));
	}

	@Test
	void whenSettingsDoNotGoTogetherThenTheStartFailsWithTheName() {
		this.runner
			.withPropertyValues("irpc.clients.warehouse.address=example.org", "irpc.clients.warehouse.token=s3cr3t",
					"irpc.clients.warehouse.ssl.enabled=false")
			.run((context) -> {
				assertThat(description(context)).startsWith("The client 'warehouse' cannot be built: ")
					.contains("example.org:10123 in plain text");
				assertThat(Analyses.of(context.getStartupFailure()).getAction()).contains("irpc.clients.warehouse");
			});
	}

	@Test
	void whenStartWaitsForTheServerOfANameInVainThenItFailsWithTheName() {
		this.warehouse.close();
		this.three
			.withPropertyValues("irpc.clients.warehouse.startup=fail", "irpc.clients.warehouse.startup-timeout=50ms")
			.run((context) -> {
				assertThat(description(context)).contains("irpc.clients.warehouse within 50 ms");
				assertThat(Analyses.of(context.getStartupFailure()).getAction())
					.contains("irpc.clients.warehouse.address", "irpc.clients.warehouse.startup=background");
			});
	}

	@Test
	void whenThereAreCustomizersThenTheyChangeEveryClientInTheirOrder() {
		this.three.withUserConfiguration(Customizers.class).run((context) -> {
			Customizers customizers = context.getBean(Customizers.class);
			assertThat(customizers.called).containsExactlyInAnyOrder("first default", "second default",
					"first warehouse", "second warehouse", "first harbour", "second harbour");
			assertThat(customizers.called.indexOf("first warehouse"))
				.isLessThan(customizers.called.indexOf("second warehouse"));
			name(context.getBean("warehouseIrpcClient", IrpcClient.class));
			assertThat(this.warehouse.received().peek()).contains("name=\"customized\"");
		});
	}

	@Test
	void whenApplicationHasAClientOfThatBeanNameThenItTakesThePlace() {
		this.three
			.withBean("warehouseIrpcClient", IrpcClient.class,
					() -> IrpcClient.builder().address("localhost:" + this.harbour.port()).build())
			.run((context) -> assertThat(name(context.getBean("warehouseIrpcClient", IrpcClient.class)))
				.isEqualTo("harbour"));
	}

	@Test
	void whenABeanOfThatNameIsNoClientThenTheStartFails() {
		this.three.withBean("warehouseIrpcClient", String.class, () -> "taken")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.isEqualTo("The bean 'warehouseIrpcClient' is no IrpcClient, but has the name of the client of"
						+ " irpc.clients.warehouse"));
	}

	@Test
	void whenAClientIsInjectedThatIsNotConfiguredThenTheStartFailsAndSaysHow() {
		this.runner.withBean(Station.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription())
					.startsWith("Parameter 0 of constructor in io.irpc.autoconfigure.NamedClientsTests$Station")
					.endsWith(" requires an IrpcClient that is not configured");
				assertThat(analysis.getAction()).contains("irpc.client.address", "irpc.clients.NAME.address");
			}));
		this.three.withBean(Station.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.endsWith(" requires an IrpcClient that is not configured"));
	}

	@Test
	void whenCredentialsAreQualifiedThenTheyAreForThatClientAlone() {
		this.three.withUserConfiguration(QualifiedCredentials.class).run((context) -> {
			context.getBeansOfType(IrpcClient.class).values().forEach(NamedClientsTests::name);
			assertThat(logins(this.warehouse)).containsExactly("token=\"for-warehouse\"");
			assertThat(logins(this.office)).isEmpty();
			assertThat(logins(this.harbour)).isEmpty();
		});
	}

	@Test
	void whenCredentialsAreNotQualifiedThenTheyAreForTheClientWithoutAName() {
		this.three.withBean(ClientCredentials.class, () -> () -> Credentials.ofToken("for-office")).run((context) -> {
			context.getBeansOfType(IrpcClient.class).values().forEach(NamedClientsTests::name);
			assertThat(logins(this.office)).containsExactly("token=\"for-office\"");
			assertThat(logins(this.warehouse)).isEmpty();
		});
	}

	@Test
	void whenQualifiedCredentialsMightGoToAnotherServerAsWellThenTheStartFails() {
		this.three.withUserConfiguration(LeakingCredentials.class).run((context) -> {
			assertThat(description(context)).contains("'credentials'", "qualified for the client 'warehouse'");
			assertThat(Analyses.of(context.getStartupFailure()).getAction()).contains("defaultCandidate = false");
		});
	}

	private ApplicationContextRunner environment(Map<String, Object> variables) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					variables)));
	}

	private static ScriptedServer server(String name) {
		return server(0, name);
	}

	private static ScriptedServer server(int port, String name) {
		return new ScriptedServer(port, (line) -> {
			String id = line.substring(line.indexOf('@') + 1, line.indexOf('\t'));
			return ">" + id + "\t\t"
					+ (line.contains("fn:login") ? "true" : line.startsWith("!identify") ? "{}" : "\"" + name + "\"");
		});
	}

	private static @Nullable String name(IrpcClient client) {
		return client.call("name").retrieve(String.class);
	}

	private static List<String> logins(ScriptedServer server) {
		return server.received()
			.stream()
			.filter((line) -> line.contains("fn:login"))
			.map((line) -> line.substring(line.lastIndexOf('\t') + 1))
			.toList();
	}

	private static String description(AssertableApplicationContext context) {
		return Objects.requireNonNull(Analyses.of(context.getStartupFailure()).getDescription());
	}

	record User(IrpcClient client) {

		@Nullable String name() {
			return NamedClientsTests.name(this.client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		User unqualified(IrpcClient client) {
			return new User(client);
		}

		@Bean
		User byQualifier(@Qualifier("warehouse") IrpcClient client) {
			return new User(client);
		}

		@Bean
		User byOtherQualifier(@Qualifier("harbour") IrpcClient client) {
			return new User(client);
		}

		@Bean
		User ofDefault(@Qualifier("default") IrpcClient client) {
			return new User(client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> called = new ArrayList<>();

		@Bean
		@Order(2)
		IrpcClientCustomizer second() {
			return (name, builder) -> this.called.add("second " + name);
		}

		@Bean
		@Order(1)
		IrpcClientCustomizer first() {
			return (name, builder) -> {
				this.called.add("first " + name);
				builder.name("customized");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedCredentials {

		@Bean(defaultCandidate = false)
		@Qualifier("warehouse")
		ClientCredentials credentials() {
			return () -> Credentials.ofToken("for-warehouse");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LeakingCredentials {

		@Bean
		@Qualifier("warehouse")
		ClientCredentials credentials() {
			return () -> Credentials.ofToken("for-warehouse");
		}

	}

	record Station(@Qualifier("station") IrpcClient client) {

	}

}
