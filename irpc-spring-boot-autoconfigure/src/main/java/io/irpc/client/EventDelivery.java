package io.irpc.client;

import org.jspecify.annotations.Nullable;

/**
 * An event as it is handed to a handler.
 *
 * @param value the event
 * @param cursor where it stands in the server's journal, {@code null} if the server knows
 * {@code monitor} only (protocol §5.2)
 * @param attempt how many times the handler has been called with it, this time included
 * @param <T> the type of the event
 * @since 0.1.0
 */
public record EventDelivery<T>(T value, @Nullable String cursor, int attempt) {

}
