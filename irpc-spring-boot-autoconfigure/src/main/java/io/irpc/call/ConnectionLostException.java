package io.irpc.call;

import java.io.Serial;

import io.irpc.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A call whose connection was lost before the answer: the function may or may not haven *
 * been called. Such a call is never repeated by itself.
 *
 * @since 0.1.0
 */
public final class ConnectionLostException extends IrpcClientException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message a text for people
	 * @param cause the cause, {@code null} for none
	 */
	public ConnectionLostException(String message, @Nullable Throwable cause) {
		super(ErrorCode.UNAVAILABLE, message, cause);
	}

}
