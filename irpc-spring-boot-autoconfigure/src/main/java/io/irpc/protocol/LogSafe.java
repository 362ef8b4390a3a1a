package io.irpc.protocol;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.irpc.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Makes what came from a peer safe to stand in a log: no character of it can begin a
 * line, drive a terminal, or change how the line is displayed, and it is not long.
 *
 * @since 0.1.0
 */
public final class LogSafe {

	private static final int MAX_LENGTH = 1000;

	private static final char REPLACEMENT_START = '\\';

	private LogSafe() {
	}

	/**
	 * Make a text safe. Characters that are not to be seen are written as
	 * <code>&#92;u</code> and their number.
	 * @param value what to write, by its {@code toString}
	 * @return a text in one line, cut at 1,000 characters
	 */
	public static String text(@Nullable Object value) {
		String text = String.valueOf(value);
		if (isSafe(text)) {
			return text;
		}
		StringBuilder result = new StringBuilder();
		text.codePoints().limit(MAX_LENGTH).forEach((c) -> {
			if (isVisible(c)) {
				result.appendCodePoint(c);
			}
			else if (Character.isBmpCodePoint(c)) {
				result.append(String.format("%cu%04x", REPLACEMENT_START, c));
			}
			else {
				result.append(String.format("%cu{%x}", REPLACEMENT_START, c));
			}
		});
		return (text.length() > MAX_LENGTH) ? result + "… (" + text.length() + " characters)" : result.toString();
	}

	/**
	 * Make a failure safe, with its causes and what it suppresses. The causes of JSON
	 * that could not be read quote it, so that their messages are left out.
	 * @param failure the failure
	 * @return the same failure if all of its messages are safe, otherwise one that is
	 * logged with safe messages and the same names of classes and stack traces
	 */
	public static Throwable failure(Throwable failure) {
		return isSafe(failure, identitySet()) ? failure
				: new LoggedFailure(failure, text(describe(failure)), identitySet());
	}

	private static boolean isSafe(@Nullable Throwable failure, Set<Throwable> seen) {
		if (failure == null || !seen.add(failure)) {
			return true;
		}
		for (Throwable suppressed : failure.getSuppressed()) {
			if (!isSafe(suppressed, seen)) {
				return false;
			}
		}
		return isSafe(describe(failure)) && !isCauseQuoting(failure) && isSafe(failure.getCause(), seen);
	}

	private static boolean isCauseQuoting(Throwable failure) {
		return failure instanceof PayloadException problem && problem.isCauseQuoting();
	}

	private static boolean isSafe(String text) {
		if (text.length() > MAX_LENGTH) {
			return false;
		}
		// without a stream, as it is asked for each command whose log lines name its user
		for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
			if (!isVisible(text.codePointAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isVisible(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
				false;
			default -> !isInvisibleLetterOrMark(c);
		};
	}

	// those that have no shape of their own though their category says otherwise
	private static boolean isInvisibleLetterOrMark(int c) {
		return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x2800 || c == 0x3164
				|| c == 0xFFA0 || (c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F)
				|| (c >= 0xE0100 && c <= 0xE01EF);
	}

	private static String describe(Throwable failure) {
		// an exception of the application may fail to describe itself
		try {
			return failure.toString();
		}
		catch (RuntimeException ex) {
			return failure.getClass().getName();
		}
	}

	private static Set<Throwable> identitySet() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	/**
	 * Stands for a failure in the log.
	 */
	@SuppressWarnings("serial")
	private static final class LoggedFailure extends Exception {

		private final boolean quoting;

		LoggedFailure(Throwable failure, String description, Set<Throwable> seen) {
			this(failure, description, isCauseQuoting(failure), seen);
		}

		private LoggedFailure(Throwable failure, String description, boolean quoting, Set<Throwable> seen) {
			super(description);
			this.quoting = quoting;
			seen.add(failure);
			setStackTrace(failure.getStackTrace());
			Throwable cause = failure.getCause();
			if (cause != null && !seen.contains(cause)) {
				initCause(copy(cause, seen));
			}
			for (Throwable suppressed : failure.getSuppressed()) {
				if (!seen.contains(suppressed)) {
					addSuppressed(copy(suppressed, seen));
				}
			}
		}

		private LoggedFailure copy(Throwable failure, Set<Throwable> seen) {
			return this.quoting
					? new LoggedFailure(failure,
							failure.getClass().getName() + " (message withheld: it quotes the value)", true, seen)
					: new LoggedFailure(failure, text(describe(failure)), seen);
		}

		@Override
		public String toString() {
			return getMessage();
		}

		@Override
		public String getMessage() {
			return String.valueOf(super.getMessage());
		}

	}

}
