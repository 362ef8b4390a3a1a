package io.irpc.test;

import java.util.Set;

/**
 * Reads the first fields of a line as it is typed, right or wrong (protocol §2).
 */
final class RawLine {

	private static final Set<String> NOT_FINAL = Set.of("Signal", "Next");

	private RawLine() {
	}

	/**
	 * Return whether a line is the final response of another one.
	 * @param line the line
	 * @param command the line that was sent, which may be no command at all
	 * @return {@code true} if it is a final response with that id, or with any one if the
	 * receiver was to pick it
	 */
	static boolean isFinalResponse(String line, String command) {
		String[] fields = line.split("\t", 3);
		boolean isFinal = line.startsWith(">") && fields.length > 1 && !NOT_FINAL.contains(fields[1]);
		return isFinal && (command.split("\t", 2)[0].endsWith("@") || fields[0].substring(1).equals(id(command)));
	}

	/**
	 * Return the id of a command.
	 * @param command the line
	 * @return the id, empty for none
	 */
	static String id(String command) {
		String name = command.split("\t", 2)[0];
		int at = name.indexOf('@');
		return (command.startsWith("!") && at >= 0) ? name.substring(at + 1) : "";
	}

}
