package io.irpc.protocol;

import java.io.Serial;

/**
 * A peer has exceeded a limit.
 *
 * @since 0.1.0
 */
public final class LimitException extends IrpcException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Limit limit;

	/**
	 * Create an exception with the code {@link ErrorCode#RESOURCE_EXHAUSTED}.
	 * @param limit what was exceeded
	 * @param message a text for people, shown to the peer
	 */
	public LimitException(Limit limit, String message) {
		this(limit, ErrorCode.RESOURCE_EXHAUSTED, message);
	}

	/**
	 * Create an exception.
	 * @param limit what was exceeded
	 * @param code why the command or the session is refused
	 * @param message a text for people, shown to the peer
	 */
	public LimitException(Limit limit, ErrorCode code, String message) {
		super(code, message);
		this.limit = limit;
	}

	@Override
	public Limit limit() {
		return this.limit;
	}

}
