package io.irpc.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadReader;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.PendingCommands;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A subscription by {@code monitor}, made again on each session (protocol §5.1).
 *
 * @param <T> the type of the event
 */
final class MonitorSubscription<T> implements EventSubscription {

	private static final Log logger = LogFactory.getLog(MonitorSubscription.class);

	private static final Payload DISABLE = Payload.ofJson("\"disable\"");

	private final String event;

	private final PayloadReader<T> reader;

	private final Consumer<? super T> handler;

	private final PayloadConverter converter;

	private final SerialExecutor executor;

	private final Consumer<MonitorSubscription<?>> onClose;

	private CompletableFuture<Void> active = new CompletableFuture<>();

	private @Nullable OnSession current;

	private volatile boolean closed;

	MonitorSubscription(String event, PayloadReader<T> reader, Consumer<? super T> handler, PayloadConverter converter,
			Executor executor, Consumer<MonitorSubscription<?>> onClose) {
		this.event = event;
		this.reader = reader;
		this.handler = handler;
		this.converter = converter;
		this.executor = new SerialExecutor(executor, "event " + event);
		this.onClose = onClose;
	}

	@Override
	public String event() {
		return this.event;
	}

	@Override
	public synchronized CompletableFuture<Void> whenActive() {
		return this.active.copy();
	}

	/**
	 * Subscribe on a session, once.
	 * @param session the session
	 */
	void subscribe(IrpcSession session) {
		OnSession subscription;
		synchronized (this) {
			if (this.closed || (this.current != null && this.current.session == session)) {
				return;
			}
			if (this.active.isDone()) {
				this.active = new CompletableFuture<>();
			}
			subscription = new OnSession(session, this.active);
			this.current = subscription;
		}
		subscription.id = session.pending().send(command(List.of()), subscription);
	}

	@Override
	public void close() {
		OnSession subscription;
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			subscription = this.current;
		}
		this.onClose.accept(this);
		if (subscription != null) {
			subscription.session.eventLoop().execute(subscription::disable);
		}
	}

	private Command command(List<Argument> arguments) {
		return new Command("monitor", null, Map.of("ev", this.event), arguments);
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

	private void refuse(Response response, CompletableFuture<Void> activated) {
		RemoteCallException ex = RemoteCallException.of(RemoteError.of(response.value(), this.converter));
		logger.warn("The server refuses the subscription to the event " + this.event + ": "
				+ LogSafe.text(ex.getMessage()));
		activated.completeExceptionally(ex);
	}

	/**
	 * The subscription on one session. Confined to its event loop.
	 */
	private final class OnSession implements PendingCommands.ResponseListener {

		private final IrpcSession session;

		private final CompletableFuture<Void> activated;

		private volatile String id = "";

		private boolean enabled;

		private boolean ended;

		private boolean disabling;

		OnSession(IrpcSession session, CompletableFuture<Void> activated) {
			this.session = session;
			this.activated = activated;
		}

		@Override
		public boolean received(Response response) {
			switch (response.type()) {
				case SIGNAL -> MonitorSubscription.this.executor.execute(() -> handle(response.value()));
				case VALUE -> {
					this.ended = this.disabling;
					this.enabled = true;
					MonitorSubscription.this.executor.execute(() -> this.activated.complete(null));
					if (MonitorSubscription.this.closed) {
						disable();
					}
				}
				case EXCEPTION -> {
					this.ended = true;
					MonitorSubscription.this.executor.execute(() -> refuse(response, this.activated));
				}
				case NEXT -> {
				}
			}
			return this.ended;
		}

		@Override
		public void closed(String reason) {
			this.ended = true;
		}

		void disable() {
			if (this.enabled && !this.ended && !this.disabling) {
				this.disabling = true;
				this.session.pending().sendAgain(this.id, command(List.of(new Argument("action", DISABLE))));
			}
		}

	}

}
