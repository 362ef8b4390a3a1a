package io.irpc.payload;

import org.jspecify.annotations.Nullable;
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
		return mapper.deserializationConfig().getProblemHandlers() == null && (type.isEnumType()
				? deserializer instanceof EnumDeserializer : ClassUtil.isJacksonStdImpl(deserializer));
	}

}
