package io.irpc.session;

/**
 * Marks the failure of a call that this process made itself. Such an exception is not
 * passed on to the caller of the function that made the call: it speaks of somebody
 * else's functions and rights.
 *
 * @since 0.1.0
 */
public interface RemoteFailure {

}
