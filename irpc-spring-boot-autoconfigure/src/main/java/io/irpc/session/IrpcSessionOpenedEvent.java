package io.irpc.session;

import java.io.Serial;

/**
 * Published when a connection has become a session of the server.
 *
 * @since 0.1.0
 */
public final class IrpcSessionOpenedEvent extends IrpcSessionEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	IrpcSessionOpenedEvent(IrpcSession session) {
		super(session);
	}

}
