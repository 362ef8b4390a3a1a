package io.irpc.client;

/**
 * Surrounds the handling of events that a client receives. Must be safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventObserver {

	/**
	 * Sees nothing.
	 */
	EventObserver NONE = (event, handler) -> handler.run();

	/**
	 * Handle an event. Called for each attempt, on the thread of the handler.
	 * @param event the event
	 * @param handler handles it; what it throws has to be thrown
	 */
	void handle(ReceivedEvent event, Runnable handler);

}
