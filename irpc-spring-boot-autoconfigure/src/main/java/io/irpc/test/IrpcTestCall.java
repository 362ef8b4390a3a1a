package io.irpc.test;

import java.time.Duration;
import java.util.Objects;

import io.irpc.call.IrpcCall;
import io.irpc.call.RemoteCallException;
import io.irpc.payload.PayloadConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One call of a function by an {@link IrpcTestClient}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class IrpcTestCall {

	private final String function;

	private final IrpcCall call;

	private final PayloadConverter converter;

	IrpcTestCall(String function, IrpcCall call, PayloadConverter converter) {
		this.function = function;
		this.call = call;
		this.converter = converter;
	}

	/**
	 * Add an argument by name.
	 * @param name the name of the argument
	 * @param value the value, converted to JSON at once
	 * @return this call
	 */
	public IrpcTestCall argument(String name, @Nullable Object value) {
		this.call.argument(name, value);
		return this;
	}

	/**
	 * Add an argument by position.
	 * @param value the value, converted to JSON at once
	 * @return this call
	 */
	public IrpcTestCall argument(@Nullable Object value) {
		this.call.argument(value);
		return this;
	}

	/**
	 * Change how long to wait for the answer, ten seconds by default.
	 * @param timeout the time
	 * @return this call
	 */
	public IrpcTestCall timeout(Duration timeout) {
		this.call.timeout(timeout);
		return this;
	}

	/**
	 * Call the function and wait for the answer, which may be an error.
	 * @return the answer, for {@code assertThat}
	 * @throws io.irpc.call.IrpcClientException if there is no answer: without a
	 * connection, or in time
	 */
	public IrpcTestAnswer exchange() {
		try {
			return new IrpcTestAnswer(this.function, Objects.toString(this.call.retrieve(JsonNode.class)), null,
					this.converter);
		}
		catch (RemoteCallException ex) {
			return new IrpcTestAnswer(this.function, null, ex, this.converter);
		}
	}

}
