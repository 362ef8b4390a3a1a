package io.irpc.payload;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/**
 * The prepared conversion from JSON to one type. Safe for use by many threads.
 *
 * @param <T> the type of the values
 * @since 0.1.0
 */
public final class PayloadReader<T> {

	private final ObjectReader reader;

	PayloadReader(ObjectReader reader) {
		this.reader = reader;
	}

	/**
	 * Convert one payload.
	 * @param payload the JSON
	 * @return the value, {@code null} for JSON {@code null}
	 * @throws PayloadException if the JSON is malformed, breaks a limit or is not of the
	 * type
	 */
	public @Nullable T read(Payload payload) {
		ExponentLimit.check(payload);
		try {
			return this.reader.readValue(payload.array(), payload.offset(), payload.length());
		}
		catch (JacksonException ex) {
			throw JsonProblem.describe(ex);
		}
	}

}
