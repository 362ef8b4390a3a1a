package io.irpc.session;

import io.irpc.protocol.Response;

/**
 * Told of the responses to one command. Called on the event loop; must not block.
 *
 * @since 0.1.0
 */
public interface ResponseListener {

	/**
	 * Does not care.
	 */
	ResponseListener UNHEARD = new ResponseListener() {

		@Override
		public boolean received(Response response) {
			return response.isFinal();
		}

		@Override
		public void closed(String reason) {
		}

	};

	/**
	 * A response was received.
	 * @param response the response
	 * @return whether the command is finished, so that its id may be used again
	 */
	boolean received(Response response);

	/**
	 * The time that was given is over. A response may still come. Called on the event
	 * loop; must not block.
	 */
	default void expired() {
	}

	/**
	 * This end is about to close the session before the command is finished: what is sent
	 * now still goes. Called on any thread.
	 */
	default void closing() {
	}

	/**
	 * The session was closed before the command was finished.
	 * @param reason why, in words for people
	 */
	void closed(String reason);

	/**
	 * The session was closed before the command was finished, which may be asked for
	 * elsewhere (protocol §6, feature {@code outcome}).
	 * @param id the id that the command had
	 * @param use how many calls of the session have had that id, this one included
	 * @param reason why, in words for people
	 */
	default void lost(String id, int use, String reason) {
		closed(reason);
	}

}
