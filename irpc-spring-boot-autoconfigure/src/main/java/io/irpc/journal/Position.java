package io.irpc.journal;

import org.jspecify.annotations.Nullable;

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
	 * Return the position that a text stands for.
	 * @param cursor the text, as {@link #toString} forms it
	 * @return the position, {@code null} for any other text
	 */
	public static @Nullable Position parse(String cursor) {
		try {
			Position position = new Position(Long.parseLong(cursor));
			return (position.value >= 0 && position.toString().equals(cursor)) ? position : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Return whether this position is behind another one.
	 * @param other the other position
	 * @return {@code true} if it is greater
	 */
	public boolean isAfter(Position other) {
		return this.value > other.value;
	}

	/**
	 * Returns the cursor that peers know the position by (protocol §5.2).
	 */
	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}
