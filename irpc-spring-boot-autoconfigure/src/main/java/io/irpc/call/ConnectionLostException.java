package io.irpc.call;

import java.io.Serial;

import io.irpc.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A call whose connection was lost before the answer, and nobody knows what has become of
 * it: the function may or may not have been called. Peers that speak the feature
 * {@code outcome} know (protocol §6), unless they were restarted; then this is thrown
 * only as {@link AnswerForgotten}.
 *
 * @since 0.1.0
 */
public class ConnectionLostException extends IrpcClientException {

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

	/**
	 * The function was called, but what it has returned is not known any more.
	 */
	public static final class AnswerForgotten extends ConnectionLostException {

		@Serial
		private static final long serialVersionUID = 1L;

		AnswerForgotten(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

}
