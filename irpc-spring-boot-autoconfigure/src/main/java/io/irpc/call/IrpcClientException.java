package io.irpc.call;

import java.io.Serial;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.RemoteFailure;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed.
 *
 * @since 0.1.0
 */
public class IrpcClientException extends IrpcException implements RemoteFailure {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param code why it failed
	 * @param message a text for people
	 * @param cause the cause, {@code null} for none
	 */
	public IrpcClientException(ErrorCode code, String message, @Nullable Throwable cause) {
		this(code, message, null, cause);
	}

	IrpcClientException(ErrorCode code, String message, @Nullable Object details, @Nullable Throwable cause) {
		super(code, message, details, cause);
	}

}
