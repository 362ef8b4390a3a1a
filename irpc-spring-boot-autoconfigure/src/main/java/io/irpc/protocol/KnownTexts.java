package io.irpc.protocol;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Remembers short texts of lines, as the same names and ids come again and again: a text
 * that is known is not made, checked and hashed anew. What is remembered is bounded. Safe
 * for use by many threads, which at worst do not see what others remember.
 */
final class KnownTexts {

	private static final int SLOTS = 1024;

	private static final int MAX_LENGTH = 32;

	private final @Nullable Text[] texts = new Text[SLOTS];

	/**
	 * Return the text of bytes.
	 * @param bytes a line, each byte of which becomes one character
	 * @param start index of the first byte
	 * @param end index behind the last one
	 * @return the text
	 */
	Text get(byte[] bytes, int start, int end) {
		if (end - start > MAX_LENGTH) {
			return make(bytes, start, end);
		}
		int hash = 0;
		for (int i = start; i < end; i++) {
			hash = 31 * hash + bytes[i];
		}
		int slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
		Text known = this.texts[slot];
		if (known == null || !isEqual(known.value(), bytes, start, end)) {
			known = make(bytes, start, end);
			this.texts[slot] = known;
		}
		return known;
	}

	private static boolean isEqual(String text, byte[] bytes, int start, int end) {
		if (text.length() != end - start) {
			return false;
		}
		for (int i = start; i < end; i++) {
			if (text.charAt(i - start) != (bytes[i] & 0xFF)) {
				return false;
			}
		}
		return true;
	}

	private static Text make(byte[] bytes, int start, int end) {
		String value = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
		return new Text(value, Grammar.isIdentifier(value), Grammar.isId(value), Grammar.isRaw(value));
	}

	/**
	 * A text and what it may be in a message.
	 *
	 * @param value the text
	 * @param isIdentifier whether it may be a name
	 * @param isId whether it may be an id
	 * @param isRaw whether it may be the value of an internal parameter
	 */
	record Text(String value, boolean isIdentifier, boolean isId, boolean isRaw) {

	}

}
