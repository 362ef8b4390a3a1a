package io.irpc.client;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import io.irpc.call.IrpcCall;
import io.irpc.call.IrpcClientException;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.backoff.BackOff;

/**
 * Says what to subscribe to and how to handle it (protocol §5.2). Without anything of it,
 * a subscription has what is raised from now on. Not safe for use by many threads; may be
 * used again, such as to {@link #peek()} first.
 *
 * @param <T> the type of the event
 * @since 0.1.0
 */
public interface EventSubscriptionSpec<T> {

	/**
	 * Add a condition: only events that meet all of them are sent.
	 * @param path the name of an argument, followed by those of members inside it, joined
	 * by dots
	 * @return the condition, to be completed
	 */
	EventCondition<T> where(String path);

	/**
	 * Add conditions as they stand in the protocol.
	 * @param conditions the operands by {@code path.operator}
	 * @return this specification
	 * @throws IllegalArgumentException if there is a condition for one of the keys
	 */
	EventSubscriptionSpec<T> where(Map<String, ?> conditions);

	/**
	 * Let the server add constant arguments to each event.
	 * @param arguments the values by name, converted to JSON
	 * @return this specification
	 */
	EventSubscriptionSpec<T> addArguments(Map<String, ?> arguments);

	/**
	 * Let the server leave arguments out.
	 * @param names their names
	 * @return this specification
	 */
	EventSubscriptionSpec<T> removeArguments(String... names);

	/**
	 * Begin with what was raised at and after a time.
	 * @param time the time
	 * @return this specification
	 */
	EventSubscriptionSpec<T> since(Instant time);

	/**
	 * Begin behind an event.
	 * @param cursor the cursor of the event
	 * @return this specification
	 */
	EventSubscriptionSpec<T> since(String cursor);

	/**
	 * Begin with the oldest event that the server has.
	 * @return this specification
	 */
	EventSubscriptionSpec<T> fromOldest();

	/**
	 * Begin with the newest of the events that there are.
	 * @param count how many, above 0
	 * @return this specification
	 */
	EventSubscriptionSpec<T> last(int count);

	/**
	 * Let the server keep the cursor of what is handled, for the user and the name of the
	 * subscription, so that a later one goes on there: also after a restart of either
	 * end. Delivery is at least once.
	 * @return this specification
	 */
	EventSubscriptionSpec<T> durable();

	/**
	 * Let a durable subscription that the server does not know yet begin with what was
	 * raised at and after a time.
	 * @param time the time
	 * @return this specification
	 */
	EventSubscriptionSpec<T> initially(Instant time);

	/**
	 * Let a durable subscription that the server does not know yet begin behind an event.
	 * @param cursor the cursor of the event
	 * @return this specification
	 */
	EventSubscriptionSpec<T> initially(String cursor);

	/**
	 * Let a durable subscription that the server does not know yet begin with the oldest
	 * event that the server has.
	 * @return this specification
	 */
	EventSubscriptionSpec<T> initiallyFromOldest();

	/**
	 * Change how many events the server sends ahead of the handler.
	 * @param count how many may be unacknowledged, above 0; 128 unless changed. The
	 * server may lower it
	 * @return this specification
	 */
	EventSubscriptionSpec<T> window(int count);

	/**
	 * Let several events be handled at once, which gives up their order.
	 * @param count how many at the most, above 0; 1 unless changed
	 * @return this specification
	 */
	EventSubscriptionSpec<T> concurrency(int count);

	/**
	 * Change how often, and at what intervals, an event is tried again whose handler has
	 * thrown. Unless changed: four times, after 1, 2, 4 and 8 seconds.
	 * @param newBackOff the intervals
	 * @return this specification
	 */
	EventSubscriptionSpec<T> backOff(BackOff newBackOff);

	/**
	 * Set who is told of an event that could not be handled and is not tried again.
	 * Unless set, it is logged and, in an application, published as
	 * {@link IrpcEventFailureEvent}.
	 * @param handler called on a thread that may block, before the next event is handled
	 * @return this specification
	 */
	EventSubscriptionSpec<T> onError(Consumer<? super EventFailure<T>> handler);

	/**
	 * Set who is told where events are missing. Unless set, it is logged and, in an
	 * application, published as {@link IrpcEventGapEvent}.
	 * @param handler called on a thread that may block, before the next event is handled
	 * @return this specification
	 */
	EventSubscriptionSpec<T> onGap(Consumer<? super EventGap> handler);

	/**
	 * Ask what would be replayed, and wait for the answer.
	 * @return the answer
	 * @throws IrpcClientException as {@link IrpcCall#retrieve(Class)} throws it; with the
	 * code {@code UNKNOWN_COMMAND} if the server cannot replay
	 */
	EventSummary peek();

	/**
	 * Ask what would be replayed, counted by the values of an argument, and wait for the
	 * answer.
	 * @param path the path of the argument
	 * @return the answer
	 * @throws IrpcClientException as {@link #peek()} throws it
	 */
	EventSummary peek(String path);

	/**
	 * Subscribe. Returns at once; the client subscribes when there is a connection.
	 * @param handler called for each event, one after the other and in their order unless
	 * {@link #concurrency} says otherwise, on a thread that may block. Its return
	 * acknowledges the event; if it throws, the event is tried again
	 * @return the subscription
	 * @throws IllegalArgumentException if what was said is contradictory
	 * @throws IllegalStateException if there is a subscription of that name
	 */
	EventSubscription onEvent(Consumer<? super T> handler);

	/**
	 * Subscribe, with a handler that is told the cursor and the attempt as well.
	 * @param handler called for each event
	 * @return the subscription
	 * @see #onEvent
	 */
	EventSubscription onDelivery(Consumer<? super EventDelivery<T>> handler);

	/**
	 * A subscription that has a name only.
	 */
	interface Start {

		/**
		 * Choose the event.
		 * @param event the qualified name of the event
		 * @param type the type that its arguments are converted to
		 * @param <T> that type
		 * @return the specification
		 * @throws IllegalArgumentException if the grammar does not allow the name
		 */
		<T> EventSubscriptionSpec<T> to(String event, Class<T> type);

		/**
		 * Choose the event.
		 * @param event the qualified name of the event
		 * @param type the type that its arguments are converted to, with its generics
		 * @param <T> that type
		 * @return the specification
		 * @throws IllegalArgumentException if the grammar does not allow the name
		 */
		<T> EventSubscriptionSpec<T> to(String event, ParameterizedTypeReference<T> type);

	}

}
