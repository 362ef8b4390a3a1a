package io.irpc.autoconfigure;

import io.irpc.client.ConnectionInfo;
import io.irpc.client.ConnectionState;
import io.irpc.client.EventFailure;
import io.irpc.client.EventGap;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientListener;
import io.irpc.client.IrpcClientStateEvent;
import io.irpc.client.IrpcEventFailureEvent;
import io.irpc.client.IrpcEventGapEvent;

import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes what happens to a client as application events, as long as the application
 * can hear them.
 *
 * @since 0.1.0
 */
public final class ClientEventPublisher implements IrpcClientListener {

	private final ConfigurableApplicationContext context;

	/**
	 * Create a publisher.
	 * @param context the context of the application
	 */
	public ClientEventPublisher(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public void stateChanged(IrpcClient client, ConnectionInfo connection) {
		// a client is closed with the application, whose listeners are then gone as well
		if (connection.state() != ConnectionState.CLOSED) {
			publish(new IrpcClientStateEvent(client, connection));
		}
	}

	@Override
	public void gap(IrpcClient client, EventGap gap) {
		publish(new IrpcEventGapEvent(client, gap));
	}

	@Override
	public void failed(IrpcClient client, EventFailure<?> failure) {
		publish(new IrpcEventFailureEvent(client, failure));
	}

	private void publish(ApplicationEvent event) {
		if (!this.context.isActive()) {
			return;
		}
		try {
			this.context.publishEvent(event);
		}
		catch (BeanCreationNotAllowedException ex) {
			// the application gives up its start
		}
		catch (IllegalStateException ex) {
			// the application may have begun to close after the check
			if (this.context.isActive()) {
				throw ex;
			}
		}
	}

}
