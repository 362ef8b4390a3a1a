package io.irpc.payload;

import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ClassUtil;

/**
 * Reads and writes numbers and short strings with parsers and generators that are kept:
 * to make one takes twice as long as to read or write such a value, and most of its
 * memory. Flags it writes only. Safe for use by many threads.
 */
final class Scalars {

	private static final Set<Class<?>> TYPES = Set.of(Boolean.class, Byte.class, Short.class, Integer.class, Long.class,
			Float.class, Double.class, String.class);

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final Set<Class<?>> written;

	/**
	 * What so many functions answer is written once.
	 */
	private final Payload yes;

	private final Payload no;

	private final Slots<ScalarCodec> codecs;

	/**
	 * Create it.
	 * @param mapper reads and writes
	 */
	Scalars(JsonMapper mapper) {
		this.mapper = mapper;
		this.writer = mapper.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).withRootValueSeparator("");
		this.written = Shortcut.isDecorated(mapper) ? Set.of()
				: TYPES.stream()
					.filter((type) -> ClassUtil
						.isJacksonStdImpl(mapper._serializationContext().findTypedValueSerializer(type, true)))
					.collect(Collectors.toUnmodifiableSet());
		this.yes = PayloadConverter.write(true, mapper.writer());
		this.no = PayloadConverter.write(false, mapper.writer());
		ObjectReader reader = mapper.reader();
		this.codecs = new Slots<>(() -> new ScalarCodec(reader));
	}

	/**
	 * Return whether values of a type are read here.
	 * @param type the type
	 * @return {@code true} for numbers and strings, and for flags, which
	 * {@link KnownValues} finds sooner
	 */
	static boolean isFor(JavaType type) {
		Class<?> raw = type.getRawClass();
		return TYPES.contains(raw.isPrimitive() ? ClassUtil.wrapperType(raw) : raw);
	}

	/**
	 * Return the way to the values of a type.
	 * @param <T> the type of the values
	 * @param type one of those that are read here
	 * @return the way, which is for numbers and short strings only
	 */
	<T> Shortcut<T> reader(JavaType type) {
		ObjectReader reader = this.mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		boolean text = type.hasRawClass(String.class);
		return (payload) -> isScalar(payload, text) ? read(payload, reader) : null;
	}

	// others, for which a parser would be spoilt
	private static boolean isScalar(Payload payload, boolean text) {
		int length = payload.length();
		if (length == 0 || length > ScalarCodec.MAX_LENGTH) {
			return false;
		}
		byte first = payload.array()[payload.offset()];
		byte last = payload.array()[payload.offset() + length - 1];
		return text ? first == '"' && last == '"' && length > 1 : (first == '-' || isDigit(first)) && isDigit(last);
	}

	private static boolean isDigit(byte b) {
		return b >= '0' && b <= '9';
	}

	private <T> @Nullable T read(Payload payload, ObjectReader reader) {
		ExponentLimit.check(payload);
		try {
			return this.codecs.take().read(payload, reader);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @return its JSON, {@code null} if it is to be written in the ordinary way, which
	 * also tells why it cannot be
	 */
	@Nullable Payload write(@Nullable Object value) {
		if (value == null || !this.written.contains(value.getClass())
				|| (value instanceof String text && text.length() > ScalarCodec.MAX_LENGTH)) {
			return null;
		}
		if (value instanceof Boolean flag) {
			return flag ? this.yes : this.no;
		}
		try {
			return this.codecs.take().write(value, this.writer);
		}
		catch (JacksonException | StackOverflowError ex) {
			return null;
		}
	}

}
