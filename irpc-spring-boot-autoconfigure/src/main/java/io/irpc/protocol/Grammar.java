package io.irpc.protocol;

/**
 * The character classes and names of the protocol's grammar (protocol §2).
 *
 * @since 0.1.0
 */
public final class Grammar {

	/**
	 * Length of the longest id.
	 */
	public static final int MAX_ID_LENGTH = 64;

	private Grammar() {
	}

	/**
	 * Return whether a text is an {@code ident}.
	 * @param text the text
	 * @return {@code true} for an identifier
	 */
	public static boolean isIdentifier(String text) {
		return isIdentifier(text, 0, text.length());
	}

	/**
	 * Return whether a text is a {@code qname}, the name of a function or an event.
	 * @param text the text
	 * @return {@code true} for a qualified name
	 */
	public static boolean isQualifiedName(String text) {
		int start = 0;
		for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
			if (!isIdentifier(text, start, dot)) {
				return false;
			}
			start = dot + 1;
		}
		return isIdentifier(text, start, text.length());
	}

	/**
	 * Return whether a text is an {@code id}, as commands and subscriptions have them.
	 * @param text the text
	 * @return {@code true} for 1 to 64 letters, digits, {@code _} and {@code -}
	 */
	public static boolean isId(String text) {
		if (text.isEmpty() || text.length() > MAX_ID_LENGTH) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			if (!isIdCharacter(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	static boolean isRaw(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isRawCharacter(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	static boolean isRawCharacter(int c) {
		return c >= ' ' && c < 0x7F;
	}

	private static boolean isIdCharacter(int c) {
		return isAlpha(c) || isDigit(c) || c == '_' || c == '-';
	}

	private static boolean isIdentifier(String text, int start, int end) {
		if (start >= end || !isAlpha(text.charAt(start))) {
			return false;
		}
		for (int i = start + 1; i < end; i++) {
			char c = text.charAt(i);
			if (!isAlpha(c) && !isDigit(c) && c != '_') {
				return false;
			}
		}
		return true;
	}

	private static boolean isAlpha(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

}
