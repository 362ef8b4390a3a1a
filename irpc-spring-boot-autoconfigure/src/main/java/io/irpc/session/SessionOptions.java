package io.irpc.session;

/**
 * Limits of a session (protocol §8).
 *
 * @param name the name of this end, as {@code identify} tells it
 * @param maxMessageLength length in bytes of the longest line, both ways
 * @param maxAnonymousMessageLength length in bytes of the longest line accepted of a
 * session without a user
 * @param maxRunningCommands how many commands of the peer run at once
 * @param maxWaitingBytes bytes of the commands that run or wait: their arguments and 1
 * KiB each
 * @since 0.1.0
 */
public record SessionOptions(String name, int maxMessageLength, int maxAnonymousMessageLength, int maxRunningCommands,
		long maxWaitingBytes) {

	/**
	 * How many commands of a peer run at once unless told otherwise.
	 */
	public static final int DEFAULT_MAX_RUNNING_COMMANDS = 1024;

	/**
	 * Bytes of arguments of the commands that run or wait unless told otherwise.
	 */
	public static final long DEFAULT_MAX_WAITING_BYTES = 4 * 1024 * 1024;

}
