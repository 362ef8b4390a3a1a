package io.irpc.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.irpc.autoconfigure.actuate.IrpcServerHealthProperties;
import io.irpc.autoconfigure.jdbc.IrpcJdbcJournalProperties;
import io.irpc.autoconfigure.security.IrpcLoginProperties;
import io.irpc.autoconfigure.security.IrpcPairingProperties;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every key can be set by an environment variable, as containers are configured.
 */
class EnvironmentVariableTests {

	private static final Map<String, Supplier<Object>> BEANS = Map.of("irpc.server.", IrpcServerProperties::new,
			"irpc.server.health.", IrpcServerHealthProperties::new, "irpc.server.login.", IrpcLoginProperties::new,
			"irpc.server.pairing.", IrpcPairingProperties::new, "irpc.server.ssl.", IrpcServerSslProperties::new,
			"irpc.client.", IrpcClientProperties::new, "irpc.journal.", IrpcJournalProperties::new,
			"irpc.journal.jdbc.", IrpcJdbcJournalProperties::new);

	private static final Map<Class<?>, String> SAMPLES = Map.of(Integer.class, "7", Duration.class, "7s",
			DataSize.class, "7KB", String.class, "seven", Path.class, "/seven", List.class, "seven:1,eight:2");

	@TestFactory
	Collection<DynamicTest> everyKeyIsBoundFromItsVariable() throws IOException {
		return keys().stream().flatMap((property) -> {
			String name = property.get("name").asString();
			if (name.equals("irpc.clients")) {
				return Stream.empty();
			}
			String prefix = BEANS.keySet()
				.stream()
				.filter(name::startsWith)
				.max(Comparator.comparingInt(String::length))
				.orElseThrow(() -> new AssertionError("no properties of " + name));
			Class<?> type = ClassUtils.resolveClassName(property.get("type").asString().replaceFirst("<.*", ""), null);
			String rest = name.substring(prefix.length());
			Stream<DynamicTest> own = Stream.of(DynamicTest.dynamicTest(variable(name),
					() -> check(prefix, Objects.requireNonNull(BEANS.get(prefix)).get(), rest, type)));
			// clients with names have the keys of the one without
			return prefix.equals("irpc.client.")
					? Stream.concat(own, Stream.of(DynamicTest.dynamicTest(variable("irpc.clients.home." + rest),
							() -> checkNamed("irpc.clients.home." + rest, rest, type))))
					: own;
		}).toList();
	}

	@Test
	void elementsOfListsMayHaveVariablesOfTheirOwn() {
		IrpcClientProperties properties = new IrpcClientProperties();
		bind("irpc.client", properties, Map.of("IRPC_CLIENT_ADDRESS_0", "a:1", "IRPC_CLIENT_ADDRESS_1", "b:2"));
		assertThat(properties.getAddress()).containsExactly("a:1", "b:2");
	}

	@Test
	void variablesDecideWhichBeansThereAre() {
		ApplicationContextRunner runner = ServerRunner.of();
		with(runner, Map.of("IRPC_SERVER_ENABLED", "false", "IRPC_CLIENT_ADDRESS", "127.0.0.1:1"))
			.run((context) -> assertThat(context).doesNotHaveBean(IrpcServer.class).hasSingleBean(IrpcClient.class));
		with(runner, Map.of("IRPC_CLIENT_ADDRESS_0", "127.0.0.1:1"))
			.run((context) -> assertThat(context).hasSingleBean(IrpcServer.class).hasSingleBean(IrpcClient.class));
		with(runner,
				Map.of("IRPC_CLIENTS_HOME_ADDRESS", "127.0.0.1:1", "IRPC_CLIENTS_BACKOFFICE_ADDRESS_0", "127.0.0.1:1"))
			.run((context) -> assertThat(context).hasBean("homeIrpcClient").hasBean("backofficeIrpcClient"));
	}

	private static void check(String prefix, Object bean, String rest, Class<?> type) {
		String sample = sample(type, value(bean, rest));
		bind(prefix.substring(0, prefix.length() - 1), bean, Map.of(variable(prefix + rest), sample));
		assertThat(value(bean, rest)).isEqualTo(convert(sample, type));
	}

	private static void checkNamed(String name, String rest, Class<?> type) {
		String sample = sample(type, value(new IrpcClientProperties(), rest));
		IrpcClientsProperties properties = new IrpcClientsProperties();
		bind("irpc", properties, Map.of(variable(name), sample));
		assertThat(properties.getClients()).containsOnlyKeys("home");
		assertThat(value(Objects.requireNonNull(properties.getClients().get("home")), rest))
			.isEqualTo(convert(sample, type));
	}

	private static String sample(Class<?> type, @Nullable Object current) {
		if (type == Boolean.class) {
			return String.valueOf(!Boolean.TRUE.equals(current));
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.filter((constant) -> constant != current)
				.map((constant) -> String.valueOf(constant).toLowerCase(Locale.ROOT).replace('_', '-'))
				.findFirst()
				.orElseThrow();
		}
		return type.getSimpleName().equals("InetAddress") ? "0.0.0.0"
				: Objects.requireNonNull(SAMPLES.get(type), () -> "no sample of " + type);
	}

	private static @Nullable Object convert(String sample, Class<?> type) {
		if (type == Path.class) {
			return new File(sample).toPath();
		}
		return ApplicationConversionService.getSharedInstance().convert(sample, type);
	}

	private static @Nullable Object value(Object bean, String path) {
		StringBuilder property = new StringBuilder();
		boolean upper = false;
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c != '-') {
				property.append(upper ? Character.toUpperCase(c) : c);
			}
			upper = c == '-';
		}
		return new BeanWrapperImpl(bean).getPropertyValue(property.toString());
	}

	private static String variable(String key) {
		return key.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

	private static void bind(String prefix, Object bean, Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		replace(environment, variables);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		ConfigurationPropertySources.attach(environment);
		Binder.get(environment).bind(prefix, Bindable.ofInstance(bean));
	}

	private static ApplicationContextRunner with(ApplicationContextRunner runner, Map<String, Object> variables) {
		return runner.withInitializer((context) -> replace(context.getEnvironment(), variables));
	}

	private static void replace(ConfigurableEnvironment environment, Map<String, Object> variables) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
	}

	private static List<JsonNode> keys() throws IOException {
		try (InputStream in = new ClassPathResource("META-INF/spring-configuration-metadata.json",
				IrpcServerProperties.class.getClassLoader())
			.getInputStream()) {
			return new JsonMapper().readTree(in)
				.get("properties")
				.valueStream()
				.filter((property) -> property.get("name").asString().startsWith("irpc."))
				.toList();
		}
	}

}
