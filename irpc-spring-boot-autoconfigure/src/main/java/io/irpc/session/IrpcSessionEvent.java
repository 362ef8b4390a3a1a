package io.irpc.session;

import java.io.Serial;

import org.springframework.context.ApplicationEvent;

/**
 * Published when something happens to a session of the server, on a thread that may
 * block, in the order in which it happens. Where listeners are so slow that too much
 * waits for them, events are dropped, which is logged.
 *
 * @since 0.1.0
 */
public abstract sealed class IrpcSessionEvent extends ApplicationEvent
		permits IrpcSessionOpenedEvent, IrpcSessionUserEvent, IrpcSessionClosedEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	IrpcSessionEvent(IrpcSession session) {
		super(session);
	}

	/**
	 * Return the session. It may have gone on since then.
	 * @return the session
	 */
	public IrpcSession session() {
		return (IrpcSession) getSource();
	}

}
