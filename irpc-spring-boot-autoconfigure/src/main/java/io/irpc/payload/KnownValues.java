package io.irpc.payload;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Remembers the values of a type that has few, as so many functions return: to find one
 * by its JSON takes a small part of the time that it takes to read it. What is remembered
 * is bounded. Safe for use by many threads, which at worst do not see what others
 * remember.
 *
 * @param <T> the type of the values
 */
final class KnownValues<T> implements Shortcut<T> {

	private static final int SLOTS = 32;

	/**
	 * Length, in bytes, of the longest JSON that is remembered.
	 */
	private static final int MAX_LENGTH = 32;

	private final @Nullable Known<T>[] slots;

	@SuppressWarnings({ "unchecked", "rawtypes" })
	KnownValues() {
		this.slots = new Known[SLOTS];
	}

	/**
	 * Return whether a type has few values.
	 * @param type the type
	 * @return {@code true} for flags and enums
	 */
	static boolean isFor(JavaType type) {
		return type.hasRawClass(boolean.class) || type.hasRawClass(Boolean.class) || type.isEnumType();
	}

	@Override
	public @Nullable T find(Payload payload) {
		if (!isShort(payload)) {
			return null;
		}
		Known<T> known = this.slots[slot(payload)];
		return (known != null && known.payload().equals(payload)) ? known.value() : null;
	}

	@Override
	public @Nullable T keep(Payload payload, @Nullable T value) {
		if (value != null && isShort(payload)) {
			// a copy, as it is a part of a line that may be long
			byte[] copy = Arrays.copyOfRange(payload.array(), payload.offset(), payload.offset() + payload.length());
			this.slots[slot(payload)] = new Known<>(Payload.wrap(copy, 0, copy.length), value);
		}
		return value;
	}

	private static boolean isShort(Payload payload) {
		return payload.length() <= MAX_LENGTH;
	}

	private static int slot(Payload payload) {
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
