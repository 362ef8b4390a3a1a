package io.irpc.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.client.EventSubscription;
import io.irpc.client.IrpcClient;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import tools.jackson.databind.JsonNode;

/**
 * The firings of an event that an {@link IrpcTestClient} monitors. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class IrpcTestEvents implements AutoCloseable {

	private final String event;

	private final PayloadConverter converter;

	private final EventSubscription subscription;

	private final List<String> fired = new ArrayList<>();

	IrpcTestEvents(String event, IrpcClient client, PayloadConverter converter) {
		this.event = event;
		this.converter = converter;
		this.subscription = client.listen(event, JsonNode.class, this::fired);
		awaitActive();
	}

	/**
	 * Wait for firings, for at most ten seconds.
	 * @param count how many there are to be, those included that there were before
	 * @return this
	 * @throws AssertionError if there are fewer in time
	 */
	public IrpcTestEvents await(int count) {
		return await(count, TestServer.TIMEOUT);
	}

	/**
	 * Wait for firings.
	 * @param count how many there are to be, those included that there were before
	 * @param timeout how long to wait at the most
	 * @return this
	 * @throws AssertionError if there are fewer in time
	 */
	public synchronized IrpcTestEvents await(int count, Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		try {
			for (long left = timeout.toNanos(); this.fired.size() < count; left = end - System.nanoTime()) {
				if (left <= 0) {
					throw new AssertionError("Expected " + count + " firings of " + this.event + " within "
							+ timeout.toMillis() + " ms, but there were " + this.fired.size() + ": " + this.fired);
				}
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			return this;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + this.event, ex);
		}
	}

	/**
	 * Return what was fired.
	 * @return the arguments of the firings until now, as JSON objects, in order
	 */
	public synchronized List<String> fired() {
		return List.copyOf(this.fired);
	}

	/**
	 * Return what was fired.
	 * @param <T> the type of the event
	 * @param type the type that the arguments are converted to
	 * @return the firings until now, in order
	 */
	public <T> List<T> fired(Class<T> type) {
		return fired().stream()
			.map((json) -> Objects.requireNonNull(this.converter.<T>read(Payload.ofJson(json), type)))
			.toList();
	}

	/**
	 * Monitor the event no longer.
	 */
	@Override
	public void close() {
		this.subscription.close();
	}

	private synchronized void fired(JsonNode arguments) {
		this.fired.add(arguments.toString());
		notifyAll();
	}

	private void awaitActive() {
		try {
			this.subscription.whenActive().get(TestServer.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw refused(String.valueOf(Objects.requireNonNullElse(ex.getCause(), ex).getMessage()), ex);
		}
		catch (TimeoutException ex) {
			throw refused("no answer within " + TestServer.TIMEOUT.toMillis() + " ms", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused("interrupted", ex);
		}
	}

	private AssertionError refused(String reason, Exception ex) {
		close();
		return new AssertionError("Cannot monitor " + this.event + ": " + reason, ex);
	}

}
