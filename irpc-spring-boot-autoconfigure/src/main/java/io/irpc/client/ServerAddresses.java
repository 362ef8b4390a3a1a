package io.irpc.client;

import java.util.List;

/**
 * Supplies the addresses at which one service is to be had. Asked before each attempt to
 * connect, one time after the other on a thread that may block, so that what has moved is
 * found again.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServerAddresses {

	/**
	 * Return the addresses, in the order in which they are to be tried.
	 * @return the addresses; none at all is a failure, after which the client asks again
	 * @throws RuntimeException if they cannot be found now: the client asks again later
	 */
	List<ServerAddress> get();

	/**
	 * Make addresses that do not change.
	 * @param addresses the addresses, in the order in which they are to be tried
	 * @return the addresses
	 */
	static ServerAddresses of(ServerAddress... addresses) {
		List<ServerAddress> fixed = List.of(addresses);
		return () -> fixed;
	}

}
