package io.irpc.sample.daemon.statistics;

import java.io.Serial;

import org.springframework.util.StringUtils;

/**
 * Says why a line is not a measurement.
 */
public final class BadLineException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final int QUOTED_LENGTH = 40;

	BadLineException(String message) {
		super(message);
	}

	static BadLineException of(String field, String text, String expected) {
		// a file may hold anything: nothing of it may steer the terminal of a reader
		String quoted = StringUtils.truncate(text, QUOTED_LENGTH).replaceAll("\\p{C}", "?");
		return new BadLineException(field + ": '" + quoted + "' (expected: " + expected + ")");
	}

	/**
	 * Return the text for people.
	 * @return the message
	 */
	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
