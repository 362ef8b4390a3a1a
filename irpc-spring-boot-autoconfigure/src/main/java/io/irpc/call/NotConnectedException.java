package io.irpc.call;

import java.io.Serial;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * A call that was not sent, as there is no connection. Its code is
 * {@link ErrorCode#UNAUTHENTICATED} if the server refuses the credentials of the client,
 * so that only others help, and else {@link ErrorCode#UNAVAILABLE}.
 *
 * @since 0.1.0
 */
public final class NotConnectedException extends IrpcClientException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message a text for people
	 * @param cause the cause, {@code null} for none
	 */
	public NotConnectedException(String message, @Nullable Throwable cause) {
		super(code(cause), message, cause);
	}

	private static ErrorCode code(@Nullable Throwable cause) {
		boolean refused = cause instanceof IrpcException known && known.code() == ErrorCode.UNAUTHENTICATED;
		return refused ? ErrorCode.UNAUTHENTICATED : ErrorCode.UNAVAILABLE;
	}

}
