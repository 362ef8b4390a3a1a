package io.irpc.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is made once for each key, unless there are too many of them. Safe for use by many
 * threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what is made
 */
final class Remembered<K, V> {

	private static final int MAX = 10_000;

	private final Map<K, V> known = new ConcurrentHashMap<>();

	private final Function<K, V> maker;

	Remembered(Function<K, V> maker) {
		this.maker = maker;
	}

	V get(K key) {
		V value = this.known.get(key);
		if (value == null) {
			value = this.maker.apply(key);
			if (this.known.size() < MAX) {
				this.known.put(key, value);
			}
		}
		return value;
	}

	void clear() {
		this.known.clear();
	}

}
