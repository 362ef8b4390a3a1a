package io.irpc.server;

import java.io.Serial;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a server listens. Its {@link IrpcServer#port()} is the actual one.
 *
 * @since 0.1.0
 */
public final class IrpcServerStartedEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	IrpcServerStartedEvent(IrpcServer server) {
		super(server);
	}

	/**
	 * Return the server.
	 * @return the server
	 */
	public IrpcServer server() {
		return (IrpcServer) getSource();
	}

}
