package io.irpc.event;

import java.time.Instant;

/**
 * Sees events on their way to subscribers. Must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DeliveryObserver {

	/**
	 * Sees nothing.
	 */
	DeliveryObserver NONE = (event) -> Deliveries.NONE;

	/**
	 * Return what sees the deliveries of one event. Called once for each subscription.
	 * @param event the name of a published event
	 * @return the same for each subscription
	 */
	Deliveries of(String event);

	/**
	 * Sees the deliveries of one event. Called on event loops for each delivery to each
	 * subscriber, so that it must be quick.
	 */
	interface Deliveries {

		/**
		 * Sees nothing.
		 */
		Deliveries NONE = new Deliveries() {

			@Override
			public void live(Instant appended, Instant sent) {
			}

			@Override
			public void replayed(Instant appended, Instant sent) {
			}

		};

		/**
		 * A subscriber was sent an event that has just come.
		 * @param appended when the event got its place in the journal
		 * @param sent when it was sent, or the first of those with which it was; another
		 * machine's clock may have told the other time
		 */
		void live(Instant appended, Instant sent);

		/**
		 * A subscriber was sent an event that was read from the journal for it, as it has
		 * asked for the past or could not take more before.
		 * @param appended when the event got its place in the journal
		 * @param sent as for those that have just come
		 */
		void replayed(Instant appended, Instant sent);

	}

}
