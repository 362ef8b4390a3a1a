package io.irpc.docs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.irpc.autoconfigure.IrpcClientProperties;
import io.irpc.autoconfigure.IrpcClientsProperties;
import io.irpc.autoconfigure.IrpcJournalProperties;
import io.irpc.autoconfigure.IrpcServerProperties;
import io.irpc.autoconfigure.IrpcServerSslProperties;
import io.irpc.autoconfigure.actuate.IrpcServerHealthProperties;
import io.irpc.autoconfigure.jdbc.IrpcJdbcJournalProperties;
import io.irpc.autoconfigure.security.IrpcLoginProperties;
import io.irpc.autoconfigure.security.IrpcPairingProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the table of the chapter about configuration with the metadata and with the
 * properties themselves.
 */
class ConfigurationTableTests {

	private static final Pattern ROW = Pattern.compile("\\|`(irpc\\.[^`]+)` *\\|(.*?) *\\|(.*?) *\\|(.*)");

	private static final Pattern CODE = Pattern.compile("`([^`]*)`");

	private static final Map<String, Object> BEANS = Map.of("irpc.server.", new IrpcServerProperties(),
			"irpc.server.health.", new IrpcServerHealthProperties(), "irpc.server.login.", new IrpcLoginProperties(),
			"irpc.server.pairing.", new IrpcPairingProperties(), "irpc.server.ssl.", new IrpcServerSslProperties(),
			"irpc.client.", new IrpcClientProperties(), "irpc.", new IrpcClientsProperties(), "irpc.journal.",
			new IrpcJournalProperties(), "irpc.journal.jdbc.", new IrpcJdbcJournalProperties());

	private final Map<String, Row> table = table();

	@Test
	void tableHasEveryKeyAndNoOther() throws IOException {
		assertThat(this.table.keySet())
			.containsExactlyElementsOf(metadata().stream().map((property) -> text(property, "name")).sorted().toList());
	}

	@TestFactory
	Collection<DynamicTest> tableTellsTheTruthAboutEveryKey() throws IOException {
		return metadata().stream()
			.map((property) -> DynamicTest.dynamicTest(text(property, "name"), () -> check(property)))
			.toList();
	}

	private void check(JsonNode property) {
		String name = text(property, "name");
		Row row = Objects.requireNonNull(this.table.get(name), "no row of " + name);
		Class<?> type = ClassUtils.resolveClassName(text(property, "type").replaceFirst("<.*", ""),
				getClass().getClassLoader());
		assertThat(row.type()).as("type").isEqualTo(type(type));
		assertThat(convert(row.defaultValue(), type)).as("default").isEqualTo(actualDefault(name));
		if (property.has("defaultValue")) {
			assertThat(convert(row.defaultValue(), type)).as("default")
				.isEqualTo(convert(text(property, "defaultValue"), type));
		}
		assertThat(row.description()).as("description").startsWith(text(property, "description"));
	}

	private static String type(Class<?> type) {
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> String.valueOf(constant).toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		return type.getSimpleName();
	}

	private static @Nullable Object convert(@Nullable String text, Class<?> type) {
		return (text != null) ? ApplicationConversionService.getSharedInstance().convert(text, type) : null;
	}

	private static @Nullable Object actualDefault(String name) {
		String prefix = BEANS.keySet()
			.stream()
			.filter(name::startsWith)
			.max(Comparator.comparingInt(String::length))
			.orElseThrow(() -> new AssertionError("no properties of " + name));
		Object bean = Objects.requireNonNull(BEANS.get(prefix));
		String path = name.substring(prefix.length());
		for (Matcher dash = Pattern.compile("-(.)").matcher(path); dash.find(); dash.reset(path)) {
			path = dash.replaceFirst(dash.group(1).toUpperCase(Locale.ROOT));
		}
		Object value = new BeanWrapperImpl(bean).getPropertyValue(path);
		return ObjectUtils.isEmpty(value) ? null : value;
	}

	private static String text(JsonNode property, String member) {
		return property.get(member).asString();
	}

	private static Map<String, Row> table() {
		Map<String, Row> rows = new TreeMap<>();
		for (String line : Documentation.lines(Documentation.file("configuration.adoc"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				assertThat(ConfigurationPropertyName.isValid(row.group(1))).isTrue();
				Matcher defaultValue = CODE.matcher(row.group(3));
				Row previous = rows.put(row.group(1), new Row(row.group(2).replace("`", ""),
						defaultValue.matches() ? defaultValue.group(1) : null, row.group(4).replace("`", "").trim()));
				assertThat(previous).as("second row of " + row.group(1)).isNull();
			}
		}
		return rows;
	}

	private static List<JsonNode> metadata() throws IOException {
		try (InputStream in = new ClassPathResource("META-INF/spring-configuration-metadata.json",
				IrpcServerProperties.class.getClassLoader())
			.getInputStream()) {
			return new JsonMapper().readTree(in)
				.get("properties")
				.valueStream()
				.filter((property) -> text(property, "name").startsWith("irpc."))
				.toList();
		}
	}

	/**
	 * A row of the table.
	 *
	 * @param type the type
	 * @param defaultValue the default, {@code null} for none
	 * @param description the description
	 */
	private record Row(String type, @Nullable String defaultValue, String description) {

	}

}
