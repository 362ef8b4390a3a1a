package io.irpc.server;

import java.util.Map;

/**
 * Adds parameters to the line {@code irpc://host:port?…} that a server logs at its start
 * for clients to be given.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AddressLineContributor {

	/**
	 * Return the parameters to add. Called once for each start, when the server listens.
	 * @return names and values, in order, of characters that need no escaping in a URI
	 */
	Map<String, String> parameters();

}
