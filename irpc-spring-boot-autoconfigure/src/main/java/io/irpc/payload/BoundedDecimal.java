package io.irpc.payload;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Refuses decimals with an exponent out of bounds that are written as text, where
 * {@link ExponentLimit} does not look.
 */
final class BoundedDecimal extends DelegatingDeserializer {

	/**
	 * That of the longest number with the least exponent.
	 */
	private static final int MAX_SCALE = 999 + 64;

	BoundedDecimal(ValueDeserializer<?> delegate) {
		super(delegate);
	}

	@Override
	protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
		return new BoundedDecimal(delegate);
	}

	@Override
	public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
		Object value = super.deserialize(parser, context);
		if (value instanceof BigDecimal decimal && Math.abs((long) decimal.scale()) > MAX_SCALE) {
			return context.reportInputMismatch(BigDecimal.class, "Exponent out of bounds");
		}
		return value;
	}

}
