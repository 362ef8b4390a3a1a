package io.irpc.call;

/**
 * Sees every call of a client from its beginning to its end, outside of all interceptors.
 * Must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallObserver {

	/**
	 * Sees nothing.
	 */
	CallObserver NONE = (request) -> ObservedCall.NONE;

	/**
	 * A call begins. Called on the thread that makes it, which may be one that must not
	 * block; must not throw.
	 * @param request the call
	 * @return what follows it, {@link ObservedCall#NONE} to see nothing of it
	 */
	ObservedCall begun(CallRequest request);

}
