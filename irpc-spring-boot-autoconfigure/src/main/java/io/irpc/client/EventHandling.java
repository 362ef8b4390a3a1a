package io.irpc.client;

import java.util.function.Consumer;

import io.irpc.payload.PayloadReader;

import org.springframework.util.backoff.BackOff;

/**
 * How an application handles what it has subscribed to.
 *
 * @param reader converts the arguments
 * @param handler called for each event
 * @param onError told of an event that is not tried again
 * @param onGap told where events are missing
 * @param backOff how long to wait between attempts, and how often to try
 * @param concurrency how many events are handled at once
 * @param observer surrounds the handler
 * @param <T> the type of the event
 */
record EventHandling<T>(PayloadReader<T> reader, Consumer<EventDelivery<T>> handler,
		Consumer<? super EventFailure<T>> onError, Consumer<? super EventGap> onGap, BackOff backOff, int concurrency,
		EventObserver observer) {

}
