package io.irpc.test;

import java.lang.reflect.Type;

import io.irpc.call.RemoteCallException;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * What a function has answered, a value or an error. To be given to AssertJ's
 * {@code assertThat}.
 *
 * @since 0.1.0
 */
public final class IrpcTestAnswer implements AssertProvider<IrpcTestAnswerAssert> {

	private final String function;

	private final @Nullable String json;

	private final @Nullable RemoteCallException error;

	private final PayloadConverter converter;

	IrpcTestAnswer(String function, @Nullable String json, @Nullable RemoteCallException error,
			PayloadConverter converter) {
		this.function = function;
		this.json = json;
		this.error = error;
		this.converter = converter;
	}

	/**
	 * Return the value as it is on the line.
	 * @return the JSON
	 * @throws AssertionError if the function has failed
	 */
	public String json() {
		if (this.json == null) {
			throw new AssertionError("Expected " + this.function + " to succeed, but it has " + this, this.error);
		}
		return this.json;
	}

	/**
	 * Return the value.
	 * @param <T> the type of the value
	 * @param type the type of the value
	 * @return the value, {@code null} for JSON {@code null}
	 * @throws AssertionError if the function has failed
	 */
	public <T> @Nullable T value(Class<T> type) {
		return read(json(), type);
	}

	/**
	 * Return the value.
	 * @param <T> the type of the value
	 * @param type the type of the value, with its generics
	 * @return the value, {@code null} for JSON {@code null}
	 * @throws AssertionError if the function has failed
	 */
	public <T> @Nullable T value(ParameterizedTypeReference<T> type) {
		return read(json(), type.getType());
	}

	/**
	 * Return the error.
	 * @return the error with its code, message, details and reference
	 * @throws AssertionError if the function has succeeded
	 */
	public RemoteCallException error() {
		if (this.error == null) {
			throw new AssertionError("Expected " + this.function + " to fail, but it has " + this);
		}
		return this.error;
	}

	@Override
	public IrpcTestAnswerAssert assertThat() {
		return new IrpcTestAnswerAssert(this);
	}

	@Override
	public String toString() {
		return (this.error != null) ? "failed with " + this.error.code() + ": " + this.error.getMessage()
				: "returned " + this.json;
	}

	/**
	 * Convert a value to JSON.
	 * @param value the value
	 * @return the JSON
	 */
	String write(@Nullable Object value) {
		return this.converter.write(value).json();
	}

	@SuppressWarnings("TypeParameterUnusedInFormals")
	<T> @Nullable T read(String text, Type type) {
		return this.converter.read(Payload.ofJson(text), type);
	}

}
