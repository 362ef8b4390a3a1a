package io.irpc.client;

import org.jspecify.annotations.Nullable;

/**
 * A place in a subscription where events are missing, or may be.
 *
 * @param subscription the name of the subscription
 * @param event the qualified name of the event
 * @param reason why
 * @param cursor where the events go on in the server's journal, {@code null} if the
 * server knows {@code monitor} only
 * @since 0.1.0
 */
public record EventGap(String subscription, String event, Reason reason, @Nullable String cursor) {

	/**
	 * Why events are missing.
	 */
	public enum Reason {

		/**
		 * The server's journal has dropped events before they could be sent (protocol
		 * §5.2).
		 */
		TRUNCATED("the server's journal has dropped events before they could be sent"),

		/**
		 * The server knows {@code monitor} only: what it raised before this connection is
		 * missed.
		 */
		LIVE_ONLY("the server cannot replay what it raised while there was no connection"),

		/**
		 * The server knows {@code monitor} only, and more events wait for the handler
		 * than the client keeps.
		 */
		OVERRUN("the handler is too slow for a server that keeps nothing");

		private final String description;

		Reason(String description) {
			this.description = description;
		}

		/**
		 * Return the reason in words.
		 * @return a text for people
		 */
		public String description() {
			return this.description;
		}

	}

}
