package io.irpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadReader;
import io.irpc.session.IrpcSession;

/**
 * Hands the firings of a {@code monitor} to a handler, one after the other (protocol
 * §5.1).
 *
 * @param <T> the type of the event
 */
final class MonitorSource<T> implements SubscriptionSource, MonitorPart.Listener {

	private final String event;

	private final PayloadReader<T> reader;

	private final Consumer<? super T> handler;

	private final SerialExecutor executor;

	private volatile boolean closed;

	MonitorSource(String event, PayloadReader<T> reader, Consumer<? super T> handler, SerialExecutor executor) {
		this.event = event;
		this.reader = reader;
		this.handler = handler;
		this.executor = executor;
	}

	@Override
	public String event() {
		return this.event;
	}

	@Override
	public SessionPart on(IrpcSession session, Activation activation) {
		return new MonitorPart(session, activation, this);
	}

	@Override
	public void enabled() {
	}

	@Override
	public void fired(Payload arguments) {
		this.executor.execute(() -> handle(arguments));
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public CompletableFuture<Void> forget() {
		return CompletableFuture.completedFuture(null);
	}

	private void handle(Payload arguments) {
		if (this.closed) {
			return;
		}
		T value = this.reader.read(arguments);
		if (value != null) {
			this.handler.accept(value);
		}
	}

}
