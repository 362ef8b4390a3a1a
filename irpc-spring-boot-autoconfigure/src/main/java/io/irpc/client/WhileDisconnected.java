package io.irpc.client;

import io.irpc.call.NotConnectedException;

/**
 * What happens to calls while there is no connection. When the server refuses the
 * credentials of the client, and when it is closed or disconnects, they always fail at
 * once.
 *
 * @since 0.1.0
 */
public enum WhileDisconnected {

	/**
	 * They wait for an attempt that is being made, and fail in the pause between two with
	 * a {@link NotConnectedException}.
	 */
	FAIL,

	/**
	 * They wait for the next connection, for as long as they wait for their answer.
	 */
	WAIT

}
