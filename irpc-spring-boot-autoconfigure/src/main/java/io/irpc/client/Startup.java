package io.irpc.client;

/**
 * What the start of an application does about the first connection of a client.
 *
 * @since 0.1.0
 */
public enum Startup {

	/**
	 * It goes on; the client connects in the background.
	 */
	BACKGROUND,

	/**
	 * It waits until there is a connection. After a time it goes on with a warning, and
	 * the client connects in the background.
	 */
	WAIT,

	/**
	 * It waits until there is a connection, and fails if there is none in time, or at
	 * once if the server refuses the credentials.
	 */
	FAIL

}
