package io.irpc.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.irpc.call.RemoteCallException;
import io.irpc.client.EventGap.Reason;
import io.irpc.payload.Payload;
import io.irpc.protocol.Argument;
import io.irpc.session.IrpcSession;
import io.irpc.session.TraceParent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Handles what the sessions of a {@code callback} receive as one sequence (protocol
 * §5.2), and what a {@code monitor} receives where the server knows nothing else.
 *
 * @param <T> the type of the event
 */
final class CallbackSource<T> implements SubscriptionSource, MonitorPart.Listener {

	private static final Log logger = LogFactory.getLog(EventSubscription.class);

	/**
	 * How many firings of a {@code monitor} wait for the handler.
	 */
	private static final int MAX_WAITING = 10_000;

	private final SubscriptionRequest request;

	private final EventHandling<T> handling;

	private final EventArguments arguments;

	private final DefaultIrpcClient client;

	private final Acknowledgements acknowledgements = new Acknowledgements();

	private final DeliveryQueue queue;

	private boolean warned;

	private boolean activeBefore;

	private boolean overrun;

	/**
	 * Create a source.
	 * @param request what to ask the server for
	 * @param handling how to handle it
	 * @param arguments selects and changes events where the server does not
	 * @param client the client
	 */
	CallbackSource(SubscriptionRequest request, EventHandling<T> handling, EventArguments arguments,
			DefaultIrpcClient client) {
		this.request = request;
		this.handling = handling;
		this.arguments = arguments;
		this.client = client;
		this.queue = new DeliveryQueue(client.workers(), client::schedule, handling.concurrency());
	}

	@Override
	public String event() {
		return this.request.event();
	}

	SubscriptionRequest request() {
		return this.request;
	}

	Acknowledgements acknowledgements() {
		return this.acknowledgements;
	}

	@Override
	public SessionPart on(IrpcSession session, Activation activation) {
		return new CallbackPart(session, activation, this, this.client);
	}

	/**
	 * The server begins to fire. Called on the event loop.
	 * @param start the cursor before the first firing, {@code null} if the server does
	 * not tell
	 * @param truncated whether events before it are gone
	 */
	void begun(@Nullable String start, boolean truncated) {
		this.activeBefore = true;
		this.acknowledgements.begin(start, truncated);
		if (truncated) {
			addGap(Reason.TRUNCATED, start, new CompletableFuture<>());
		}
	}

	/**
	 * Take an event. Called on the event loop.
	 * @param cursor its cursor
	 * @param trace its trace, {@code null} for none
	 * @param received its arguments
	 * @return completed when it is handled
	 */
	CompletableFuture<Void> take(String cursor, @Nullable TraceParent trace, List<Argument> received) {
		return this.acknowledgements.take(cursor,
				(handled) -> addEvent(cursor, trace, () -> EventArguments.join(received), handled));
	}

	/**
	 * Take a gap between events. Called on the event loop.
	 * @param cursor where the events go on
	 * @return completed when it is told
	 */
	CompletableFuture<Void> takeGap(String cursor) {
		return this.acknowledgements.take(cursor, (handled) -> addGap(Reason.TRUNCATED, cursor, handled));
	}

	/**
	 * Know that the server knows {@code monitor} only.
	 */
	void fallBack() {
		if (!this.warned) {
			this.warned = true;
			logger.warn("The server knows no callback, so the subscription " + this.request.name() + " to the event "
					+ this.request.event() + " is a monitor: without replay, acknowledgements and durability");
		}
	}

	@Override
	public void enabled() {
		if (this.activeBefore || this.request.asksForPast()) {
			addGap(Reason.LIVE_ONLY, null, new CompletableFuture<>());
		}
		this.activeBefore = true;
	}

	@Override
	public void fired(Payload event) {
		if (this.queue.waiting() < MAX_WAITING) {
			this.overrun = false;
			addEvent(null, null, () -> this.arguments.select(event), new CompletableFuture<>());
		}
		else if (!this.overrun) {
			this.overrun = true;
			addGap(Reason.OVERRUN, null, new CompletableFuture<>());
		}
	}

	@Override
	public void close() {
		this.queue.close();
	}

	@Override
	public CompletableFuture<Void> forget() {
		if (!this.request.durable()) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> forgotten = new CompletableFuture<>();
		this.client.command(this.request.name(), this.request.remove())
			.retrieveAsync(Void.class)
			.whenComplete((nothing, ex) -> {
				if (ex == null || ex instanceof RemoteCallException.NotFound) {
					forgotten.complete(null);
				}
				else {
					forgotten.completeExceptionally(ex);
				}
			});
		return forgotten;
	}

	private void addEvent(@Nullable String cursor, @Nullable TraceParent trace, Supplier<@Nullable Payload> event,
			CompletableFuture<Void> handled) {
		ReceivedEvent received = new ReceivedEvent(this.client.qualifier(), this.request.name(), this.request.event(),
				cursor, trace);
		this.queue.add(new EventTask<>(received, this.handling, event, handled, this.queue::isClosed));
	}

	private void addGap(Reason reason, @Nullable String cursor, CompletableFuture<Void> told) {
		this.queue.add(new GapTask(new EventGap(this.request.name(), this.request.event(), reason, cursor),
				this.handling.onGap(), told));
	}

}
