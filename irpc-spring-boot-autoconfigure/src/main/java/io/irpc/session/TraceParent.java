package io.irpc.session;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The context of a trace as the W3C writes it (protocol §6, feature {@code trace}).
 *
 * @param traceId 32 hexadecimal digits, which all calls of the trace have in common
 * @param parentId 16 hexadecimal digits, which the caller calls this step by
 * @param flags two hexadecimal digits; the last bit says whether the trace is recorded
 * @since 0.1.0
 */
public record TraceParent(String traceId, String parentId, String flags) {

	/**
	 * The name of the parameter.
	 */
	public static final String PARAMETER = "traceparent";

	// later versions may have more behind the flags
	private static final Pattern FORM = Pattern
		.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

	/**
	 * Read a context.
	 * @param text the text
	 * @return the context, {@code null} for one that is not valid, which is as good as
	 * none
	 */
	public static @Nullable TraceParent parse(String text) {
		Matcher matcher = FORM.matcher(text);
		boolean valid = matcher.matches() && (!text.startsWith("00") || matcher.group(4) == null);
		return valid ? new TraceParent(matcher.group(1), matcher.group(2), matcher.group(3)) : null;
	}

	/**
	 * Begin a step inside of the command that runs on this thread.
	 * @return the context of the step, {@code null} if no command runs or it belongs to
	 * no trace
	 */
	public static @Nullable TraceParent inherited() {
		Invocation invocation = Invocation.current();
		TraceParent outer = (invocation != null) ? invocation.traceParent() : null;
		return (outer != null) ? outer.child() : null;
	}

	/**
	 * Begin a step inside of this one.
	 * @return the context of the step
	 */
	public TraceParent child() {
		long id;
		do {
			id = ThreadLocalRandom.current().nextLong();
		}
		while (id == 0);
		return new TraceParent(this.traceId, String.format("%016x", id), this.flags);
	}

	/**
	 * Write the context.
	 */
	@Override
	public String toString() {
		return "00-" + this.traceId + "-" + this.parentId + "-" + this.flags;
	}

}
