package io.irpc.test;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.client.EventListenerRegistrar;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Lets a context be started when its listeners are subscribed: they would miss what a
 * test raises before.
 */
final class ListenerSubscriptions implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(IrpcTest.class);

	private final EventListenerRegistrar listeners;

	private volatile boolean running;

	/**
	 * Create an instance.
	 * @param listeners the listeners, which are started before as this depends on them
	 */
	ListenerSubscriptions(EventListenerRegistrar listeners) {
		this.listeners = listeners;
	}

	@Override
	public void start() {
		this.running = true;
		try {
			this.listeners.whenActive().get(TestServer.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn("Not all listeners are subscribed to events of this application", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
