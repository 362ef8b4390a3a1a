package io.irpc.autoconfigure;

import java.util.List;

import io.irpc.call.NotConnectedException;
import io.irpc.client.ClientCredentials;
import io.irpc.client.Credentials;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.support.Analyses;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of other sources than properties for how to reach a server.
 */
@Timeout(60)
class ConnectionDetailsTests {

	private static final SslBundle BUNDLE = SslBundle.of(SslStoreBundle.NONE, SslBundleKey.NONE, SslOptions.NONE);

	private final ApplicationContextRunner server = ServerRunner.secured();

	private final ApplicationContextRunner client = ServerRunner.of().withPropertyValues("irpc.server.enabled=false");

	@Test
	void whenThereAreDetailsThenThereIsAClientWithoutAnyProperty() {
		this.server.run((context) -> this.client.withBean(IrpcConnectionDetails.class, () -> details(context))
			.run((other) -> assertThat(whoami(other.getBean(IrpcClient.class))).isEqualTo("user")));
	}

	@Test
	void whenThereAreDetailsThenTheyTakeThePlaceOfProperties() {
		this.server.run((context) -> this.client.withBean(IrpcConnectionDetails.class, () -> details(context))
			.withPropertyValues("irpc.client.address=localhost:1", "irpc.client.username=user",
					"irpc.client.password=wrong")
			.run((other) -> {
				assertThat(other).hasSingleBean(IrpcConnectionDetails.class);
				assertThat(whoami(other.getBean(IrpcClient.class))).isEqualTo("user");
			}));
	}

	@Test
	void whenDetailsSayNothingAboutTheLoginThenPropertiesDo() {
		this.server.run((context) -> this.client
			.withBean(IrpcConnectionDetails.class, () -> () -> List.of("localhost:" + port(context)))
			.withPropertyValues("irpc.client.username=user", "irpc.client.password=secret")
			.run((other) -> assertThat(whoami(other.getBean(IrpcClient.class))).isEqualTo("user")));
	}

	@Test
	void whenDetailsHaveABundleThenItDecidesWhomToTrust() {
		this.server.run((context) -> this.client
			.withBean(IrpcConnectionDetails.class, () -> new Details("localhost:" + port(context), BUNDLE))
			.run((other) -> assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> whoami(other.getBean(IrpcClient.class)))
				.withMessageContaining("certificate")));
	}

	@Test
	void whenDetailsHaveABundleThenPlainTextContradictsThem() {
		this.client.withBean(IrpcConnectionDetails.class, () -> new Details("localhost:1", BUNDLE))
			.withPropertyValues("irpc.client.ssl.enabled=false")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.isEqualTo("irpc.client.ssl.enabled=false contradicts the SSL bundle of the connection details"));
	}

	@Test
	void whenDetailsAreQualifiedThenTheyAreForThatClientAlone() {
		this.server.run((context) -> this.client.withUserConfiguration(Qualified.class)
			.withPropertyValues("test.port=" + port(context), "irpc.clients.warehouse.timeout=10s")
			.run((other) -> {
				assertThat(other.getBeanNamesForType(IrpcClient.class)).containsExactly("warehouseIrpcClient");
				assertThat(whoami(other.getBean(IrpcClient.class))).isNull();
			}));
	}

	@Test
	void whenDetailsOfANameExistThenTheClientWithoutANameKeepsItsProperties() {
		this.server.run((context) -> this.client.withUserConfiguration(Qualified.class)
			.withPropertyValues("test.port=1", "irpc.clients.warehouse.timeout=10s",
					"irpc.client.address=localhost:" + port(context), "irpc.client.username=user",
					"irpc.client.password=secret")
			.run((other) -> assertThat(whoami(other.getBean("irpcClient", IrpcClient.class))).isEqualTo("user")));
	}

	@Test
	void whenDetailsHaveNoAddressThenTheStartFails() {
		this.client.withBean(IrpcConnectionDetails.class, () -> new Details(null, null))
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.isEqualTo(Details.class.getName() + " supplies no address"));
	}

	@Test
	void whenAddressOfDetailsIsNoneThenTheStartFailsWithTheirType() {
		this.client.withBean(IrpcConnectionDetails.class, () -> new Details("localhost:70000", null))
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.startsWith(Details.class.getName() + ": localhost:70000 is no address"));
	}

	private static IrpcConnectionDetails details(ApplicationContext context) {
		return new IrpcConnectionDetails() {

			@Override
			public List<String> getAddresses() {
				return List.of("localhost:" + port(context));
			}

			@Override
			public ClientCredentials getCredentials() {
				return () -> Credentials.ofPassword("user", "secret");
			}

		};
	}

	private static int port(ApplicationContext context) {
		return context.getBean(IrpcServer.class).port();
	}

	private static @Nullable String whoami(IrpcClient client) {
		return client.call("whoami").retrieve(String.class);
	}

	record Details(@Nullable String address, @Nullable SslBundle bundle) implements IrpcConnectionDetails {

		@Override
		public List<String> getAddresses() {
			return (this.address != null) ? List.of(this.address) : List.of();
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return this.bundle;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean(defaultCandidate = false)
		@Qualifier("warehouse")
		IrpcConnectionDetails warehouse(@Value("${test.port}") int port) {
			return () -> List.of("localhost:" + port);
		}

	}

}
