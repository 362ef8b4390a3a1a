package io.irpc.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
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
 * Connects a client when the application starts or goes on, before the server listens.
 * Disconnects it when the application pauses, after the server has stopped. When the
 * application ends, the client is closed with the other beans, who may need it until
 * then.
 */
final class IrpcClientStarter implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(IrpcClientStarter.class);

	private static final int PHASE = IrpcServer.PHASE - 1024;

	private final IrpcClient client;

	private final String prefix;

	private final Startup startup;

	private final Duration timeout;

	private final BooleanSupplier goesOn;

	private volatile boolean running;

	/**
	 * Create a starter.
	 * @param client the client
	 * @param prefix what the names of its properties begin with
	 * @param startup what the start does about the first connection
	 * @param timeout how long it waits for it, if it does
	 * @param goesOn whether the application may go on after a stop
	 */
	IrpcClientStarter(IrpcClient client, String prefix, Startup startup, Duration timeout, BooleanSupplier goesOn) {
		this.client = client;
		this.prefix = prefix;
		this.startup = startup;
		this.timeout = timeout;
		this.goesOn = goesOn;
	}

	@Override
	public void start() {
		this.running = true;
		CompletableFuture<Void> connected = this.client.connect();
		if (this.startup != Startup.BACKGROUND) {
			await(connected);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.goesOn.getAsBoolean()) {
			this.client.disconnect();
		}
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
			connected.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			notConnected("No connection to the server of " + this.prefix + " within " + this.timeout.toMillis() + " ms",
					this.client.connection().lastFailure());
		}
		catch (ExecutionException ex) {
			notConnected("No connection to the server of " + this.prefix, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the connection to the server", ex);
		}
	}

	private void notConnected(String what, @Nullable Throwable cause) {
		String description = what + ((cause != null) ? ": " + LogSafe.text(cause.getMessage()) : "");
		if (this.startup == Startup.WAIT) {
			logger.warn(description + ". The application starts without it");
			return;
		}
		throw new IrpcConfigurationException(description, action(cause), cause);
	}

	private String action(@Nullable Throwable cause) {
		if (cause instanceof NotConnectedException known && known.code() == ErrorCode.UNAUTHENTICATED) {
			return "Give the client credentials that the server accepts, or set " + this.prefix
					+ ".startup=background to start without a connection.";
		}
		return "Check that the server runs and that " + this.prefix + ".address is where it listens, or set "
				+ this.prefix + ".startup=background to start without a connection.";
	}

}
