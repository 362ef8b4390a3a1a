package io.irpc.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.irpc.payload.Payload;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.ResponseListener;

/**
 * A {@code monitor} on one session (protocol §5.1). Confined to its event loop.
 */
final class MonitorPart implements SessionPart, ResponseListener {

	private static final Payload DISABLE = Payload.ofJson("\"disable\"");

	private final IrpcSession session;

	private final Activation activation;

	private final Listener listener;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private volatile String id = "";

	private boolean enabled;

	private boolean ending;

	private boolean disabling;

	MonitorPart(IrpcSession session, Activation activation, Listener listener) {
		this.session = session;
		this.activation = activation;
		this.listener = listener;
	}

	@Override
	public void start() {
		this.id = this.session.pending().send(command(List.of()), this);
	}

	@Override
	public CompletableFuture<Void> end() {
		this.session.eventLoop().execute(() -> {
			this.ending = true;
			disable();
		});
		return this.ended.copy();
	}

	@Override
	public boolean isReplayable() {
		return false;
	}

	@Override
	public boolean received(Response response) {
		switch (response.type()) {
			case SIGNAL -> fired(response.value());
			case VALUE -> enabledOrDisabled();
			case EXCEPTION -> {
				this.activation.refuse(response);
				this.ended.complete(null);
			}
			case NEXT -> {
			}
		}
		return this.ended.isDone();
	}

	@Override
	public void closed(String reason) {
		this.ended.complete(null);
	}

	// another session may deliver the event by now
	private void fired(Payload arguments) {
		if (!this.ending) {
			this.listener.fired(arguments);
		}
	}

	private void enabledOrDisabled() {
		if (this.disabling) {
			this.ended.complete(null);
			return;
		}
		this.enabled = true;
		this.listener.enabled();
		this.activation.succeed();
		if (this.ending) {
			disable();
		}
	}

	private void disable() {
		if (this.enabled && !this.ended.isDone() && !this.disabling) {
			this.disabling = true;
			this.session.pending().sendAgain(this.id, command(List.of(new Argument("action", DISABLE))));
		}
	}

	private Command command(List<Argument> arguments) {
		return new Command("monitor", null, Map.of("ev", this.activation.event()), arguments);
	}

	/**
	 * Told of what a {@code monitor} receives. Called on the event loop; must not block.
	 */
	interface Listener {

		/**
		 * The server has accepted the command: firings come from now on.
		 */
		void enabled();

		/**
		 * The event was fired.
		 * @param arguments the arguments of the event
		 */
		void fired(Payload arguments);

	}

}
