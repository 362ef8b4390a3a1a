package io.irpc.test;

import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.context.SmartLifecycle;

/**
 * Disconnects the {@link IrpcTestClient} of a context before its server stops: for good,
 * or until the context goes on, when the server may have another port.
 */
final class IrpcTestClientLifecycle implements SmartLifecycle {

	private final SingletonBeanRegistry beans;

	private final String beanName;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param beans has the client, if it was used
	 * @param beanName the name of its bean
	 */
	IrpcTestClientLifecycle(SingletonBeanRegistry beans, String beanName) {
		this.beans = beans;
		this.beanName = beanName;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.beans.getSingleton(this.beanName) instanceof IrpcTestClient client) {
			client.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
