package io.irpc.call;

import java.io.Serial;

import io.irpc.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A call without an answer in time: the function may or may not have been called.
 *
 * @since 0.1.0
 */
public final class CallTimeoutException extends IrpcClientException {

	@Serial
	private static final long serialVersionUID = 1L;

	CallTimeoutException(String message, @Nullable Throwable cause) {
		super(ErrorCode.DEADLINE_EXCEEDED, message, cause);
	}

}
