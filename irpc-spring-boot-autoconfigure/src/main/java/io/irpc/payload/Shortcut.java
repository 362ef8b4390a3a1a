package io.irpc.payload;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.EnumDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ClassUtil;

/**
 * A way to a value that is shorter than to read its JSON in the ordinary way. Safe for
 * use by many threads.
 *
 * @param <T> the type of the values
 */
interface Shortcut<T> {

	/**
	 * Find a value.
	 * @param payload its JSON
	 * @return the value, {@code null} if it is to be read in the ordinary way, which also
	 * tells what is wrong with it
	 */
	@Nullable T find(Payload payload);

	/**
	 * Remember a value that was read in the ordinary way, or not.
	 * @param payload its JSON
	 * @param value the value
	 * @return the value
	 */
	default @Nullable T keep(Payload payload, @Nullable T value) {
		return value;
	}

	/**
	 * Return that of a type which has no other.
	 * @param <T> the type of the values
	 * @return finds nothing
	 */
	static <T> Shortcut<T> none() {
		return (payload) -> null;
	}

	/**
	 * Return whether nobody but Jackson sees how values of a type are read. What an
	 * application has of its own may look around in the parser, or count.
	 * @param mapper reads them
	 * @param type that type
	 * @return {@code true} if there may be a shortcut
	 */
	static boolean isAllowed(JsonMapper mapper, JavaType type) {
		ValueDeserializer<?> deserializer = mapper._deserializationContext().findRootValueDeserializer(type);
		// that of an enum with a creator counts as Jackson's own
		boolean own = type.isEnumType() ? deserializer.getClass() == EnumDeserializer.class
				: ClassUtil.isJacksonStdImpl(deserializer);
		return own && mapper.deserializationConfig().getProblemHandlers() == null && !isDecorated(mapper);
	}

	/**
	 * Return whether an application changes JSON on its way, for each value anew.
	 * @param mapper reads or writes the JSON
	 * @return {@code true} if there must be no shortcut
	 */
	static boolean isDecorated(JsonMapper mapper) {
		JsonFactory factory = mapper.tokenStreamFactory();
		List<?> generators = factory.getGeneratorDecorators();
		return factory.getInputDecorator() != null || factory.getOutputDecorator() != null
				|| (generators != null && !generators.isEmpty());
	}

}
