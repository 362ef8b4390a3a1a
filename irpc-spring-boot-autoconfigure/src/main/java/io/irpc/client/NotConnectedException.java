package io.irpc.client;

import java.io.Serial;

import io.irpc.protocol.ErrorCode;
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

	NotConnectedException(String message, @Nullable Throwable cause) {
		super(code(cause), message, cause);
	}

	private static ErrorCode code(@Nullable Throwable cause) {
		if (cause instanceof NotConnectedException known) {
			return known.code();
		}
		return (cause instanceof LoginRefusedException) ? ErrorCode.UNAUTHENTICATED : ErrorCode.UNAVAILABLE;
	}

}
