package io.irpc.security.pairing;

import java.util.Collection;

/**
 * Makes names of what clients call themselves.
 */
final class ClientNames {

	private static final int MAX_LENGTH = 64;

	private static final String UNNAMED = "client";

	private ClientNames() {
	}

	/**
	 * Make a name that no other client has.
	 * @param wanted what the client calls itself
	 * @param taken the names of the others
	 * @return letters, digits, dots, dashes and underscores, with a number if needed
	 */
	static String unique(String wanted, Collection<String> taken) {
		StringBuilder letters = new StringBuilder();
		wanted.codePoints()
			.limit(MAX_LENGTH)
			.map((c) -> (Character.isLetterOrDigit(c) || c == '.' || c == '-') ? c : '_')
			.forEach(letters::appendCodePoint);
		String base = letters.isEmpty() ? UNNAMED : letters.toString();
		String name = base;
		for (int i = 2; taken.contains(name); i++) {
			name = base + "-" + i;
		}
		return name;
	}

}
