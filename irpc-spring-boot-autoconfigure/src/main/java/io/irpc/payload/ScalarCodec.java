package io.irpc.payload;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Reads and writes values that have no members, with the same parser and generator one
 * after the other. Each value gives it back, unless it stays in the middle of something.
 */
final class ScalarCodec implements Slot {

	/**
	 * Length, in bytes, of the longest value that is read.
	 */
	static final int MAX_LENGTH = 256;

	private static final byte[] SPACE = { ' ' };

	private final AtomicBoolean free = new AtomicBoolean();

	private final JsonParser parser;

	private final ByteArrayFeeder feeder;

	private final byte[] input = new byte[MAX_LENGTH];

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private @Nullable JsonGenerator generator;

	/**
	 * Create one, which is taken.
	 * @param reader makes the parser
	 */
	ScalarCodec(ObjectReader reader) {
		this.parser = reader.createNonBlockingByteArrayParser();
		this.feeder = (ByteArrayFeeder) this.parser.nonBlockingInputFeeder();
	}

	@Override
	public AtomicBoolean free() {
		return this.free;
	}

	/**
	 * Read one value.
	 * @param payload the JSON, not longer than {@link #MAX_LENGTH}
	 * @param reader reads it, and does not look behind it
	 * @param <T> the type of the value
	 * @return the value, {@code null} if there is not one whole value that is of the type
	 * and not {@code null}
	 * @throws JacksonException if it is no JSON
	 */
	<T> @Nullable T read(Payload payload, ObjectReader reader) {
		// not the line itself, which would be kept
		System.arraycopy(payload.array(), payload.offset(), this.input, 0, payload.length());
		this.feeder.feedInput(this.input, 0, payload.length());
		JsonToken token = this.parser.nextToken();
		boolean whole = this.feeder.needMoreInput();
		if (token == JsonToken.NOT_AVAILABLE) {
			// a number ends where something else begins
			this.feeder.feedInput(SPACE, 0, SPACE.length);
			token = this.parser.nextToken();
		}
		if (!whole || !token.isScalarValue()) {
			return null;
		}
		T value = null;
		try {
			value = reader.readValue(this.parser);
		}
		catch (JacksonException ex) {
			// of another type, which is none of the parser's business
		}
		if (this.parser.nextToken() == JsonToken.NOT_AVAILABLE) {
			giveBack();
		}
		return value;
	}

	/**
	 * Write one value.
	 * @param value the value
	 * @param writer writes it, and puts nothing between values; the same each time
	 * @return the JSON
	 */
	Payload write(Object value, ObjectWriter writer) {
		if (this.generator == null) {
			this.generator = writer.createGenerator(this.output);
		}
		this.output.reset();
		writer.writeValue(this.generator, value);
		this.generator.flush();
		byte[] bytes = this.output.toByteArray();
		giveBack();
		return Payload.wrap(bytes, 0, bytes.length);
	}

}
