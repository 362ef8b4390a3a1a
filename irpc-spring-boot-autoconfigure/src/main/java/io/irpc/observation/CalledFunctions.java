package io.irpc.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of functions that may be the values of a key: not more than so many, whatever
 * an application calls. Safe for use by many threads.
 */
final class CalledFunctions {

	private static final int MAX = 1000;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	boolean contains(String name) {
		return this.names.contains(name);
	}

	/**
	 * Add a name, if there is room.
	 * @param name the name
	 * @return whether it is there now
	 */
	boolean add(String name) {
		if (this.names.size() < MAX) {
			this.names.add(name);
			return true;
		}
		return contains(name);
	}

}
