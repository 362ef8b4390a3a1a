package io.irpc.benchmark.load;

import java.util.Locale;

/**
 * What is measured: a function or events, connections, and calls in flight on each.
 *
 * @param kind what is done
 * @param connections how many connections
 * @param inFlight how many calls are in flight on each connection, how many threads call,
 * or how many events are raised at once
 */
record Workload(Kind kind, int connections, int inFlight) {

	/**
	 * Read a workload.
	 * @param text such as {@code add-8x32}
	 * @return the workload
	 */
	static Workload parse(String text) {
		int dash = text.indexOf('-');
		int times = text.indexOf('x', dash);
		return new Workload(Kind.valueOf(text.substring(0, dash).toUpperCase(Locale.ROOT)),
				Integer.parseInt(text.substring(dash + 1, times)), Integer.parseInt(text.substring(times + 1)));
	}

	enum Kind {

		/**
		 * A number in, a boolean out.
		 */
		ADD,

		/**
		 * A record of about 390 bytes in and out.
		 */
		ECHO,

		/**
		 * As {@link #ADD}, by threads that wait for each answer.
		 */
		BLOCKING,

		/**
		 * Events to all connections.
		 */
		EVENT

	}

}
