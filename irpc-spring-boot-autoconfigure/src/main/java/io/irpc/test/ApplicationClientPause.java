package io.irpc.test;

import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;

import org.springframework.context.SmartLifecycle;

/**
 * Disconnects the application's client when its context is paused or closed: after the
 * listeners have ended, and before the server stops, whose end it would deplore in the
 * log.
 */
final class ApplicationClientPause implements SmartLifecycle {

	private static final int PHASE = IrpcServer.PHASE + 1;

	private final IrpcClient client;

	private boolean paused;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param client the client
	 */
	ApplicationClientPause(IrpcClient client) {
		this.client = client;
	}

	@Override
	public void start() {
		this.running = true;
		if (this.paused) {
			this.client.connect();
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.paused = true;
		this.client.disconnect();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
