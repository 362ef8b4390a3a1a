package io.irpc.session;

import java.util.Arrays;

/**
 * The shortest ids for places in a list: numbers to the base of all characters that an id
 * may consist of (protocol §2), so that one is enough for 64 places.
 */
final class CommandIds {

	private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

	private static final byte[] VALUES = new byte[128];

	static {
		Arrays.fill(VALUES, (byte) -1);
		for (int i = 0; i < DIGITS.length(); i++) {
			VALUES[DIGITS.charAt(i)] = (byte) i;
		}
	}

	private CommandIds() {
	}

	/**
	 * Return the id of a place.
	 * @param index the index of the place
	 * @return the id
	 */
	static String of(int index) {
		String digit = String.valueOf(DIGITS.charAt(index % DIGITS.length()));
		return (index < DIGITS.length()) ? digit : of(index / DIGITS.length()) + digit;
	}

	/**
	 * Return the place of an id.
	 * @param id the id, perhaps of another peer's making
	 * @param size how many places there are
	 * @return the index of the place, -1 if there is none
	 */
	static int indexOf(String id, int size) {
		int index = 0;
		for (int i = 0; i < id.length() && index < size; i++) {
			char c = id.charAt(i);
			int value = (c < VALUES.length) ? VALUES[c] : -1;
			if (value < 0) {
				return -1;
			}
			index = index * DIGITS.length() + value;
		}
		return (index < size) ? index : -1;
	}

}
