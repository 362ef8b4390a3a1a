package io.irpc.client;

import java.io.Serial;

import io.irpc.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A call that was not sent, as there is no connection.
 *
 * @since 0.1.0
 */
public final class NotConnectedException extends IrpcClientException {

	@Serial
	private static final long serialVersionUID = 1L;

	NotConnectedException(String message, @Nullable Throwable cause) {
		super(ErrorCode.UNAVAILABLE, message, cause);
	}

}
