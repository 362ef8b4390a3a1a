package io.irpc.observation;

import java.util.Iterator;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The key values of an observation, held as its convention has made them. The contexts of
 * Micrometer take them apart into a map and sort them anew each time they are asked for,
 * which costs more than a call. Safe for use by many threads.
 */
final class HeldKeyValues {

	private volatile KeyValues held = KeyValues.empty();

	synchronized void add(KeyValue added) {
		this.held = this.held.and(added);
	}

	synchronized void add(KeyValues added) {
		this.held = isReplaced(this.held, added) ? added : this.held.and(added);
	}

	synchronized void remove(String key) {
		this.held = KeyValues.of(this.held.stream().filter((value) -> !value.getKey().equals(key)).toList());
	}

	KeyValues all() {
		return this.held;
	}

	@Nullable KeyValue find(String key) {
		for (KeyValue value : this.held) {
			if (value.getKey().equals(key)) {
				return value;
			}
		}
		return null;
	}

	// whether the same keys, which are sorted, have new values
	@SuppressWarnings("ReferenceEquality")
	private static boolean isReplaced(KeyValues current, KeyValues added) {
		if (current == added) {
			return true;
		}
		Iterator<KeyValue> replacing = added.iterator();
		for (KeyValue replaced : current) {
			if (!replacing.hasNext() || !replacing.next().getKey().equals(replaced.getKey())) {
				return false;
			}
		}
		return true;
	}

}
