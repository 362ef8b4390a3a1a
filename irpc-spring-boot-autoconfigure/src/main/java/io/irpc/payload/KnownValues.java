package io.irpc.payload;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.EnumDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ClassUtil;

/**
 * Remembers the values of a type that has few, as so many functions return: to find one
 * by its JSON takes a small part of the time that it takes to read it. What is remembered
 * is bounded. Safe for use by many threads, which at worst do not see what others
 * remember.
 *
 * @param <T> the type of the values
 */
final class KnownValues<T> {

	private static final int SLOTS = 32;

	/**
	 * Length, in bytes, of the longest JSON that is remembered.
	 */
	private static final int MAX_LENGTH = 32;

	private final @Nullable Known<T>[] slots;

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private KnownValues(int size) {
		this.slots = new Known[size];
	}

	/**
	 * Create it without any.
	 * @param <T> the type of the values
	 * @param mapper reads them
	 * @param type that type
	 * @return remembers nothing if the type may have many values, or if it is up to the
	 * application what the same JSON stands for each time
	 */
	static <T> KnownValues<T> of(JsonMapper mapper, JavaType type) {
		boolean few = type.hasRawClass(boolean.class) || type.hasRawClass(Boolean.class) || type.isEnumType();
		return (few && isReadByJackson(mapper, type)) ? new KnownValues<>(SLOTS) : none();
	}

	private static boolean isReadByJackson(JsonMapper mapper, JavaType type) {
		ValueDeserializer<?> deserializer = mapper._deserializationContext().findRootValueDeserializer(type);
		// that of an enum with a creator counts as Jackson's own
		return mapper.deserializationConfig().getProblemHandlers() == null && (type.isEnumType()
				? deserializer instanceof EnumDeserializer : ClassUtil.isJacksonStdImpl(deserializer));
	}

	/**
	 * Create it for a type whose values are not to be remembered.
	 * @param <T> the type of the values
	 * @return remembers nothing
	 */
	static <T> KnownValues<T> none() {
		return new KnownValues<>(0);
	}

	/**
	 * Find a value.
	 * @param payload its JSON
	 * @return the value, {@code null} if it is not remembered
	 */
	@Nullable T find(Payload payload) {
		if (!isShort(payload)) {
			return null;
		}
		Known<T> known = this.slots[slot(payload)];
		return (known != null && known.payload().equals(payload)) ? known.value() : null;
	}

	/**
	 * Remember a value.
	 * @param payload its JSON
	 * @param value the value
	 * @return the value
	 */
	@Nullable T keep(Payload payload, @Nullable T value) {
		if (value != null && isShort(payload)) {
			// a copy, as it is a part of a line that may be long
			byte[] copy = Arrays.copyOfRange(payload.array(), payload.offset(), payload.offset() + payload.length());
			this.slots[slot(payload)] = new Known<>(Payload.wrap(copy, 0, copy.length), value);
		}
		return value;
	}

	private boolean isShort(Payload payload) {
		return this.slots.length > 0 && payload.length() <= MAX_LENGTH;
	}

	private int slot(Payload payload) {
		return payload.hashCode() & (SLOTS - 1);
	}

	/**
	 * A value and its JSON.
	 *
	 * @param <T> the type of the value
	 * @param payload the JSON
	 * @param value the value
	 */
	private record Known<T>(Payload payload, T value) {

	}

}
