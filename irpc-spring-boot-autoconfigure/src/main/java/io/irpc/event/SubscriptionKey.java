package io.irpc.event;

/**
 * What a subscription is known by on its session.
 *
 * @param command the command that made it
 * @param name its name, or the id of the command
 * @param event the event, if the name alone does not tell
 */
record SubscriptionKey(String command, String name, String event) {

	static final String MONITOR = "monitor";

	static SubscriptionKey ofMonitor(String id, String event) {
		return new SubscriptionKey(MONITOR, id, event);
	}

	static SubscriptionKey ofCallback(String name) {
		return new SubscriptionKey("callback", name, "");
	}

}
