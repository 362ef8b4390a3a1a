package io.irpc.protocol;

import java.util.Locale;

/**
 * What a peer can exceed (protocol §8).
 *
 * @since 0.1.0
 */
public enum Limit {

	/**
	 * The length of a line.
	 */
	MESSAGE_LENGTH,

	/**
	 * The time for a started line to end.
	 */
	LINE_TIME,

	/**
	 * The parameters of one command.
	 */
	PARAMETERS,

	/**
	 * Lines of another protocol.
	 */
	FOREIGN_PROTOCOL,

	/**
	 * The bytes of the commands of one session that run or wait.
	 */
	WAITING_BYTES,

	/**
	 * The length of an answer.
	 */
	ANSWER_LENGTH,

	/**
	 * The memory of all sessions together.
	 */
	MEMORY,

	/**
	 * The unsent bytes of one session, or the time above their high water mark.
	 */
	UNSENT_BYTES,

	/**
	 * The sessions of all peers.
	 */
	SESSIONS,

	/**
	 * The sessions of one address.
	 */
	SESSIONS_PER_ADDRESS,

	/**
	 * The sessions that have not logged in.
	 */
	ANONYMOUS_SESSIONS,

	/**
	 * The sessions of one address that have not logged in.
	 */
	ANONYMOUS_SESSIONS_PER_ADDRESS,

	/**
	 * The time to log in.
	 */
	LOGIN_TIME,

	/**
	 * The responses that answer nothing.
	 */
	UNKNOWN_RESPONSES,

	/**
	 * The subscriptions of one session.
	 */
	SUBSCRIPTIONS,

	/**
	 * The time without a byte.
	 */
	IDLE_TIME;

	/**
	 * Return the name for logs and meters.
	 * @return a name in lower case with hyphens
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
