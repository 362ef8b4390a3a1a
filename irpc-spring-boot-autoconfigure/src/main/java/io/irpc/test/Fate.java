package io.irpc.test;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is to happen to one connection.
 *
 * @param delay how long its bytes take, beyond what all bytes take
 * @param cut where it is to be cut, {@code null} for nowhere
 */
record Fate(Duration delay, @Nullable Cut cut) {

	/**
	 * Nothing is to happen.
	 */
	static final Fate GOOD = new Fate(Duration.ZERO, null);

	Fate withCut(Cut newCut) {
		return new Fate(this.delay, newCut);
	}

}
