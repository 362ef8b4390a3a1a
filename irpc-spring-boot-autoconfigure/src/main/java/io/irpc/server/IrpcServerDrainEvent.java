package io.irpc.server;

import java.io.Serial;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a drain of a server enters a phase, be it at the stop of the application
 * or by {@link IrpcServer#drain()}. Published on a thread that may block; the drain goes
 * on when all listeners have returned.
 *
 * @since 0.1.0
 */
public final class IrpcServerDrainEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Phase phase;

	IrpcServerDrainEvent(IrpcServer server, Phase phase) {
		super(server);
		this.phase = phase;
	}

	/**
	 * Return the server.
	 * @return the server
	 */
	public IrpcServer server() {
		return (IrpcServer) getSource();
	}

	/**
	 * Return the phase that begins.
	 * @return the phase
	 */
	public Phase phase() {
		return this.phase;
	}

	/**
	 * Phase of a drain, in the order in which they come.
	 */
	public enum Phase {

		/**
		 * No more traffic is wanted, though what comes is still accepted.
		 */
		REFUSING_TRAFFIC,

		/**
		 * No connection is accepted any more, peers are sent away, and what runs is
		 * finished.
		 */
		SENDING_AWAY,

		/**
		 * All sessions are closed.
		 */
		ENDED

	}

}
