package io.irpc.benchmark.load;

import java.util.function.Supplier;

/**
 * A way to call another process. Its server and its client run in processes of their own.
 */
interface Peer {

	/**
	 * Start the server on a free port of the loopback address.
	 * @return the server, ready for connections
	 * @throws Exception if it does not start
	 */
	Service serve() throws Exception;

	/**
	 * Connect to a server.
	 * @param port the port
	 * @param connections how many connections to open
	 * @return the client, ready for calls
	 * @throws Exception if it does not connect
	 */
	Caller connect(int port, int connections) throws Exception;

	/**
	 * A started server.
	 */
	interface Service extends AutoCloseable {

		int port();

		/**
		 * Raise events for all who have subscribed.
		 * @param first the argument of the first event, which that of each other follows
		 * @param count how many
		 */
		default void raise(int first, int count) {
			throw new UnsupportedOperationException("This peer has no events");
		}

	}

	/**
	 * A connected client.
	 */
	interface Caller extends AutoCloseable {

		/**
		 * Call a function that takes a number and tells whether it is even.
		 * @param connection index of the connection
		 * @param number the argument
		 * @param reply told of the answer, on any thread
		 */
		void add(int connection, int number, Reply reply);

		/**
		 * Call a function that returns its argument.
		 * @param connection index of the connection
		 * @param order the argument
		 * @param reply told of the answer, on any thread
		 */
		void echo(int connection, Order order, Reply reply);

		/**
		 * Call the function of {@link #add} on the first connection and wait.
		 * @param number the argument
		 * @return the answer
		 * @throws Exception if the call fails
		 */
		boolean add(int number) throws Exception;

		/**
		 * Subscribe each connection to the event. Returns when the server knows all
		 * subscriptions.
		 * @param deliveries supplies, for each connection, who is told of its deliveries,
		 * one after the other, on any thread
		 */
		default void subscribe(Supplier<Runnable> deliveries) {
			throw new UnsupportedOperationException("This peer has no events");
		}

	}

	/**
	 * Hears of the answer to one call.
	 */
	interface Reply {

		void answered(Object answer);

		void failed(Throwable failure);

	}

}
