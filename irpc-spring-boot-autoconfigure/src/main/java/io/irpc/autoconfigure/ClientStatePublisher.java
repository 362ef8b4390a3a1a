package io.irpc.autoconfigure;

import java.util.function.BiConsumer;

import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientStateEvent;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes the states of a client as application events, as long as the application can
 * hear them.
 */
final class ClientStatePublisher implements BiConsumer<IrpcClient, ConnectionState> {

	private final ConfigurableApplicationContext context;

	ClientStatePublisher(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public void accept(IrpcClient client, ConnectionState state) {
		// a client is closed with the application, whose listeners are then gone as well
		if (state == ConnectionState.CLOSED || !this.context.isActive()) {
			return;
		}
		try {
			this.context.publishEvent(new IrpcClientStateEvent(client, state));
		}
		catch (IllegalStateException ex) {
			// the application may have begun to close after the check
			if (this.context.isActive()) {
				throw ex;
			}
		}
	}

}
