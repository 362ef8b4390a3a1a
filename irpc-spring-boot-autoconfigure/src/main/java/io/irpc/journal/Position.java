package io.irpc.journal;

/**
 * The place of an entry in a journal. Later entries have greater positions; there may be
 * gaps.
 *
 * @param value the number, 0 before the first entry
 * @since 0.1.0
 */
public record Position(long value) implements Comparable<Position> {

	/**
	 * The position before the first entry.
	 */
	public static final Position START = new Position(0);

	@Override
	public int compareTo(Position other) {
		return Long.compare(this.value, other.value);
	}

	/**
	 * Return whether this position is behind another one.
	 * @param other the other position
	 * @return {@code true} if it is greater
	 */
	public boolean isAfter(Position other) {
		return this.value > other.value;
	}

}
