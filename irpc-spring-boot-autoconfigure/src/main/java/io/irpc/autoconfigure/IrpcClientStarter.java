package io.irpc.autoconfigure;

import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;

import org.springframework.context.SmartLifecycle;

/**
 * Connects the client when the application starts, before the server listens. The client
 * is closed with the other beans, after the server has stopped.
 */
final class IrpcClientStarter implements SmartLifecycle {

	private static final int PHASE = IrpcServer.PHASE - 1024;

	private final IrpcClient client;

	private volatile boolean running;

	IrpcClientStarter(IrpcClient client) {
		this.client = client;
	}

	@Override
	public void start() {
		this.running = true;
		this.client.connect();
	}

	@Override
	public void stop() {
		this.running = false;
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
