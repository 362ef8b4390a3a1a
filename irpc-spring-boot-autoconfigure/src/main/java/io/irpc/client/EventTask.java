package io.irpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.backoff.BackOffExecution;

/**
 * Calls the handler with one event until it returns or is not to be called again.
 *
 * @param <T> the type of the event
 */
final class EventTask<T> implements DeliveryQueue.Task {

	private static final Log logger = LogFactory.getLog(EventSubscription.class);

	private final ReceivedEvent received;

	private final EventHandling<T> handling;

	private final Supplier<@Nullable Payload> arguments;

	private final CompletableFuture<Void> handled;

	private final BooleanSupplier closed;

	private final BackOffExecution backOff;

	private int attempts;

	/**
	 * Create a task.
	 * @param received where the event comes from
	 * @param handling how to handle it
	 * @param arguments supplies the arguments of the event, {@code null} if it is not
	 * selected
	 * @param handled completed when it is handled, or exceptionally when it will not be
	 * @param closed whether the subscription is closed, so that failures are not told
	 */
	EventTask(ReceivedEvent received, EventHandling<T> handling, Supplier<@Nullable Payload> arguments,
			CompletableFuture<Void> handled, BooleanSupplier closed) {
		this.received = received;
		this.handling = handling;
		this.arguments = arguments;
		this.handled = handled;
		this.closed = closed;
		this.backOff = handling.backOff().start();
	}

	@Override
	public @Nullable Duration attempt() {
		T value = null;
		try {
			Payload payload = this.arguments.get();
			value = (payload != null) ? this.handling.reader().read(payload) : null;
			if (value != null) {
				this.attempts++;
				EventDelivery<T> delivery = new EventDelivery<>(value, this.received.cursor(), this.attempts);
				this.handling.observer().handle(this.received, () -> this.handling.handler().accept(delivery));
			}
		}
		catch (Throwable ex) {
			if (this.closed.getAsBoolean()) {
				cancel();
				return null;
			}
			// what cannot be converted now cannot be later
			long delay = (value == null && ex instanceof PayloadException) ? BackOffExecution.STOP
					: this.backOff.nextBackOff();
			if (delay != BackOffExecution.STOP) {
				logger.warn("Cannot handle " + describe() + ", trying again in " + delay + " ms: " + LogSafe.text(ex));
				return Duration.ofMillis(delay);
			}
			tell(new EventFailure<>(this.received.subscription(), this.received.event(), this.received.cursor(), value,
					this.attempts, ex));
		}
		this.handled.complete(null);
		return null;
	}

	@Override
	public void cancel() {
		this.handled.completeExceptionally(new IrpcException(ErrorCode.CANCELLED, "The subscription is closed"));
	}

	@Override
	public boolean holdsOthers() {
		return false;
	}

	private void tell(EventFailure<T> failure) {
		try {
			this.handling.onError().accept(failure);
		}
		catch (Throwable ex) {
			logger.error("The error handler of " + describe() + " has failed", LogSafe.failure(ex));
		}
	}

	private String describe() {
		return "the event " + this.received.event() + " of the subscription " + this.received.subscription()
				+ ", cursor " + LogSafe.text(this.received.cursor());
	}

}
