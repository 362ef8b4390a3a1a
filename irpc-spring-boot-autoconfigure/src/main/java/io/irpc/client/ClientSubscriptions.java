package io.irpc.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a client. Safe for use by many threads.
 */
final class ClientSubscriptions {

	private final List<ClientSubscription> subscriptions = new CopyOnWriteArrayList<>();

	/**
	 * Add a subscription by {@code monitor}.
	 * @param subscription the subscription
	 */
	void add(ClientSubscription subscription) {
		this.subscriptions.add(subscription);
		subscription.whenEnded().thenRun(() -> this.subscriptions.remove(subscription));
	}

	/**
	 * Add a subscription by {@code callback}.
	 * @param subscription the subscription
	 * @param name its name
	 * @return completed when the server knows that earlier ones of that name are closed
	 * @throws IllegalStateException if there is one that is not closed
	 */
	CompletableFuture<Void> add(ClientSubscription subscription, String name) {
		List<CompletableFuture<Void>> earlier = new ArrayList<>();
		synchronized (this) {
			for (ClientSubscription other : this.subscriptions) {
				if (name.equals(nameOf(other))) {
					if (!other.isClosed()) {
						throw new IllegalStateException("There is a subscription " + name + " to the event "
								+ other.event() + " already (expected: one of each name in a client): close it first,"
								+ " or choose another name");
					}
					earlier.add(other.whenEnded().toCompletableFuture());
				}
			}
			add(subscription);
		}
		return CompletableFuture.allOf(earlier.toArray(CompletableFuture[]::new));
	}

	/**
	 * Subscribe to everything.
	 * @param session the session
	 */
	void subscribe(IrpcSession session) {
		this.subscriptions.forEach((subscription) -> subscription.subscribe(session));
	}

	/**
	 * Find who receives a firing. One that is being closed comes before the next one of
	 * its name.
	 * @param name the name of the subscription
	 * @param session the session of the firing
	 * @return the receiver, {@code null} if there is none
	 */
	@Nullable CallbackPart find(String name, IrpcSession session) {
		for (ClientSubscription subscription : this.subscriptions) {
			if (name.equals(nameOf(subscription)) && subscription.part(session) instanceof CallbackPart part) {
				return part;
			}
		}
		return null;
	}

	void close() {
		this.subscriptions.forEach(ClientSubscription::close);
	}

	private static @Nullable String nameOf(ClientSubscription subscription) {
		return (subscription.source() instanceof CallbackSource<?> source) ? source.request().name() : null;
	}

}
