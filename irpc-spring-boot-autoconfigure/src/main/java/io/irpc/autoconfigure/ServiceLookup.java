package io.irpc.autoconfigure;

import java.util.List;

/**
 * Finds out where the instances of a service are.
 */
interface ServiceLookup {

	/**
	 * Return whether there is what can find them.
	 * @return {@code false} if {@link #addresses} is not to be called
	 */
	boolean isAvailable();

	/**
	 * Return the instances of a service. May block.
	 * @param service the name of the service
	 * @return their addresses, in the form {@code host:port}; none if it has no instance
	 * @throws RuntimeException if that cannot be found out now
	 */
	List<String> addresses(String service);

}
