package io.irpc.client;

import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Where an event comes from that is about to be handled.
 *
 * @param client what the application knows the client by, such as {@code default}
 * @param subscription the name of the subscription, that of the event for a
 * {@code monitor}
 * @param event the name of the event
 * @param cursor where it stands in the server's journal, {@code null} if the server knows
 * {@code monitor} only (protocol §5.2)
 * @param traceParent the context in which it was raised, {@code null} for none (protocol
 * §6, feature {@code trace})
 * @since 0.1.0
 */
public record ReceivedEvent(String client, String subscription, String event, @Nullable String cursor,
		@Nullable TraceParent traceParent) {

}
