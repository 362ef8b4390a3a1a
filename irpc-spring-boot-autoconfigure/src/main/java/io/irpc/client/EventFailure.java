package io.irpc.client;

import org.jspecify.annotations.Nullable;

/**
 * An event that could not be handled, and is not tried again: the server takes it for
 * acknowledged.
 *
 * @param subscription the name of the subscription
 * @param event the qualified name of the event
 * @param cursor where it stands in the server's journal, {@code null} if the server knows
 * {@code monitor} only
 * @param value the event, {@code null} if it is not of the type asked for
 * @param attempts how many times the handler has been called with it
 * @param cause what the handler has thrown at last
 * @param <T> the type of the event
 * @since 0.1.0
 */
public record EventFailure<T>(String subscription, String event, @Nullable String cursor, @Nullable T value,
		int attempts, Throwable cause) {

}
