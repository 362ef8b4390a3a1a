package io.irpc.client;

import java.io.Serial;

import io.irpc.call.IrpcClientException;
import io.irpc.protocol.ErrorCode;

/**
 * A login that is not to be repeated with the same credentials.
 */
final class LoginRefusedException extends IrpcClientException {

	@Serial
	private static final long serialVersionUID = 1L;

	LoginRefusedException(String message) {
		super(ErrorCode.UNAUTHENTICATED, message, null);
	}

}
