package io.irpc.client;

import java.io.Serial;

import org.springframework.context.ApplicationEvent;

/**
 * Published when the connection of a client changes its state, on a thread that may
 * block, in the order of the changes. The end of the application is none of them.
 *
 * @since 0.1.0
 */
public final class IrpcClientStateEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient ConnectionInfo connection;

	/**
	 * Create an event.
	 * @param client the client
	 * @param connection its connection, in its new state
	 */
	public IrpcClientStateEvent(IrpcClient client, ConnectionInfo connection) {
		super(client);
		this.connection = connection;
	}

	/**
	 * Return the client.
	 * @return the client
	 */
	public IrpcClient client() {
		return (IrpcClient) getSource();
	}

	/**
	 * Return the state.
	 * @return the state
	 */
	public ConnectionState state() {
		return this.connection.state();
	}

	/**
	 * Return how the connection is doing: its state, the address of the server, and the
	 * last failure.
	 * @return the connection at the moment of the change
	 */
	public ConnectionInfo connection() {
		return this.connection;
	}

}
