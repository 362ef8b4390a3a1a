package io.irpc.autoconfigure;

import java.util.List;

import io.irpc.call.ClientInterceptor;
import io.irpc.client.ClientCredentials;
import io.irpc.client.ClientServices;
import io.irpc.client.Credentials;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientBuilder;
import io.irpc.payload.PayloadConverter;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;

/**
 * Builds the clients that are configured by properties.
 */
final class ConfiguredClients {

	static final String SINGLE = "irpc.client";

	static final String NAMED = "irpc.clients";

	static final String SINGLE_BEAN = "irpcClient";

	private static final String APPLICATION_VERSION = "spring.application.version";

	private final ConfigurableApplicationContext context;

	private final PayloadConverter converter;

	private final String applicationName;

	/**
	 * Create an instance that builds nothing yet.
	 * @param context has the beans that clients need
	 * @param converter converts between JSON and Java
	 * @param applicationName what clients tell servers unless they have names to tell
	 */
	ConfiguredClients(ConfigurableApplicationContext context, PayloadConverter converter, String applicationName) {
		this.context = context;
		this.converter = converter;
		this.applicationName = applicationName;
	}

	/**
	 * Build the client that has no name.
	 * @param properties its properties
	 * @param details how to reach the server
	 * @param credentials what to log in with, {@code null} for what the details or the
	 * properties say
	 * @return the client
	 */
	IrpcClient single(IrpcClientProperties properties, IrpcConnectionDetails details,
			@Nullable ClientCredentials credentials) {
		return build(IrpcClientCustomizer.DEFAULT_CLIENT, SINGLE, properties, details, credentials);
	}

	/**
	 * Build a client that has a name.
	 * @param name the name
	 * @return the client
	 */
	IrpcClient named(String name) {
		IrpcClientProperties properties = properties(name);
		QualifiedBeans beans = new QualifiedBeans(this.context.getBeanFactory(), name);
		IrpcConnectionDetails details = beans.find(IrpcConnectionDetails.class);
		return build(name, prefix(name), properties,
				(details != null) ? details : new PropertiesIrpcConnectionDetails(properties),
				beans.find(ClientCredentials.class));
	}

	/**
	 * Make what connects the client that has no name.
	 * @param properties its properties
	 * @param client the client
	 * @return the starter
	 */
	IrpcClientStarter starter(IrpcClientProperties properties, IrpcClient client) {
		return starter(SINGLE, properties, client);
	}

	/**
	 * Make what connects a client that has a name.
	 * @param name the name
	 * @param client the client
	 * @return the starter
	 */
	IrpcClientStarter namedStarter(String name, IrpcClient client) {
		return starter(prefix(name), properties(name), client);
	}

	private IrpcClientStarter starter(String prefix, IrpcClientProperties properties, IrpcClient client) {
		return new IrpcClientStarter(client, prefix, properties.getStartup(),
				PropertyChecks.positive(prefix + ".startup-timeout", properties.getStartupTimeout()),
				() -> !this.context.isClosed());
	}

	private IrpcClientProperties properties(String name) {
		return this.context.getBean(IrpcClientsProperties.class)
			.getClients()
			.getOrDefault(name, new IrpcClientProperties());
	}

	private static String prefix(String name) {
		return NAMED + "." + name;
	}

	private IrpcClient build(String name, String prefix, IrpcClientProperties properties, IrpcConnectionDetails details,
			@Nullable ClientCredentials credentials) {
		String ownName = properties.getName();
		IrpcClientBuilder builder = IrpcClient.builder()
			.name(StringUtils.hasText(ownName) ? ownName : this.applicationName)
			.qualifier(name)
			.converter(this.converter)
			.listener(new ClientEventPublisher(this.context))
			.interceptors(this.context.getBeanProvider(ClientInterceptor.class)
				.orderedStream()
				.toArray(ClientInterceptor[]::new));
		String release = this.context.getEnvironment().getProperty(APPLICATION_VERSION);
		if (StringUtils.hasText(release)) {
			builder.release(release);
		}
		this.context.getBeanProvider(ClientServices.class).ifAvailable(builder::services);
		ClientPropertiesMapper.map(prefix, properties, builder);
		address(prefix, details, builder);
		new ConfiguredTls(prefix, properties.getSsl(), this.context.getBeanProvider(SslBundles.class).getIfAvailable())
			.apply(builder, details.getSslBundle());
		credentials(prefix, properties, (credentials != null) ? credentials : details.getCredentials(), builder);
		this.context.getBeanProvider(IrpcClientCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> customizer.customize(name, builder));
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new IrpcConfigurationException("The client '" + name + "' cannot be built: " + ex.getMessage(),
					"Correct " + prefix + ".address, " + prefix + ".credentials-file or what else stands under "
							+ prefix + ", or what an IrpcClientCustomizer does.",
					ex);
		}
	}

	private void address(String prefix, IrpcConnectionDetails details, IrpcClientBuilder builder) {
		boolean configured = details instanceof PropertiesIrpcConnectionDetails;
		String action = "Set " + prefix + ".address to an address such as localhost:10123, or to the line that the"
				+ " server logs at its start.";
		List<String> addresses = details.getAddresses();
		if (addresses.isEmpty()) {
			throw new IrpcConfigurationException((configured ? prefix + ".address is not set"
					: details.getClass().getName() + " supplies no address"), action);
		}
		try {
			builder.address(addresses.stream().filter((text) -> !AddressLookup.isService(text)).toArray(String[]::new));
		}
		catch (IllegalArgumentException ex) {
			throw new IrpcConfigurationException(
					(configured ? prefix + ".address=" : details.getClass().getName() + ": ") + ex.getMessage(), action,
					ex);
		}
		addresses.stream()
			.filter(AddressLookup::isService)
			.findFirst()
			.ifPresent((service) -> builder.address(new AddressLookup(addresses, services(prefix, service))));
	}

	private ServiceLookup services(String prefix, String service) {
		ServiceLookup lookup = this.context.getBeanProvider(ServiceLookup.class).getIfAvailable();
		if (lookup == null || !lookup.isAvailable()) {
			throw new IrpcConfigurationException(
					prefix + ".address=" + service + " needs a DiscoveryClient of Spring Cloud, and there is none",
					"Add a starter of Spring Cloud that has one, such as spring-cloud-starter-consul-discovery, or set "
							+ prefix + ".address to an address such as localhost:10123.");
		}
		return lookup;
	}

	private static void credentials(String prefix, IrpcClientProperties properties,
			@Nullable ClientCredentials supplied, IrpcClientBuilder builder) {
		if (supplied != null) {
			builder.credentials(supplied);
			return;
		}
		Credentials configured = ConfiguredCredentials.of(prefix, properties);
		if (configured != null) {
			builder.credentials(configured);
		}
	}

}
