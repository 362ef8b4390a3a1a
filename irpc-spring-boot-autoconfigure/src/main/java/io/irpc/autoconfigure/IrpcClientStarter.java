package io.irpc.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientSettings;
import io.irpc.client.Startup;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.LogSafe;
import io.irpc.server.IrpcServer;
import io.irpc.service.IrpcConfigurationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Connects a client when the application starts, before the server listens. The client is
 * closed with the other beans, after the server has stopped.
 */
final class IrpcClientStarter implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(IrpcClientStarter.class);

	private static final int PHASE = IrpcServer.PHASE - 1024;

	private final IrpcClient client;

	private final IrpcClientSettings settings;

	private volatile boolean running;

	IrpcClientStarter(IrpcClient client, IrpcClientSettings settings) {
		this.client = client;
		this.settings = settings;
	}

	@Override
	public void start() {
		this.running = true;
		CompletableFuture<Void> connected = this.client.connect();
		if (this.settings.startup() != Startup.BACKGROUND) {
			await(connected);
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

	@Override
	public int getPhase() {
		return PHASE;
	}

	private void await(CompletableFuture<Void> connected) {
		try {
			connected.get(this.settings.startupTimeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			notConnected("No connection to the server within " + this.settings.startupTimeout().toMillis() + " ms",
					this.client.connection().lastFailure());
		}
		catch (ExecutionException ex) {
			notConnected("No connection to the server", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the connection to the server", ex);
		}
	}

	private void notConnected(String what, @Nullable Throwable cause) {
		String description = what + ((cause != null) ? ": " + LogSafe.text(cause.getMessage()) : "");
		if (this.settings.startup() == Startup.WAIT) {
			logger.warn(description + ". The application starts without it");
			return;
		}
		throw new IrpcConfigurationException(description, action(cause), cause);
	}

	private static String action(@Nullable Throwable cause) {
		if (cause instanceof NotConnectedException known && known.code() == ErrorCode.UNAUTHENTICATED) {
			return "Give the client credentials that the server accepts, or set irpc.client.startup=background to start"
					+ " without a connection.";
		}
		return "Check that the server runs and that irpc.client.address is where it listens, or set"
				+ " irpc.client.startup=background to start without a connection.";
	}

}
