package io.irpc.session;

import java.time.Duration;
import java.util.Map;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * How the sender of a command wants it carried out (protocol §6 and §7).
 *
 * @param timeout how long it waits for the answer, {@code null} for as long as it takes
 * @param oneway whether it wants no answer at all
 * @param credit how many elements of a stream it takes before it asks for more
 * @since 0.1.0
 */
public record Directives(@Nullable Duration timeout, boolean oneway, int credit) {

	/**
	 * The parameter of {@code call} with the time to answer in milliseconds.
	 */
	public static final String TIMEOUT = "timeout";

	/**
	 * The parameter of {@code call} that asks for no response.
	 */
	public static final String REPLY = "reply";

	/**
	 * The only value of {@link #REPLY}.
	 */
	public static final String NO_REPLY = "none";

	/**
	 * The parameter of {@code call} with the number of elements.
	 */
	public static final String CREDIT = "credit";

	/**
	 * How many elements of a stream come unless the sender says otherwise.
	 */
	public static final int DEFAULT_CREDIT = 32;

	static final Directives DEFAULTS = new Directives(null, false, DEFAULT_CREDIT);

	/**
	 * Read the directives of a command.
	 * @param command the command
	 * @return the directives
	 * @throws IrpcException if one is not valid
	 */
	static Directives of(Command command) {
		Map<String, String> internals = command.internals();
		if (internals.size() < 2) {
			return DEFAULTS;
		}
		String timeout = internals.get(TIMEOUT);
		String reply = internals.get(REPLY);
		String credit = internals.get(CREDIT);
		if (timeout == null && reply == null && credit == null) {
			return DEFAULTS;
		}
		if (reply != null && !reply.equals(NO_REPLY)) {
			throw invalid(REPLY, reply, NO_REPLY);
		}
		return new Directives((timeout != null) ? Duration.ofMillis(positive(TIMEOUT, timeout)) : null, reply != null,
				(credit != null) ? positive(CREDIT, credit) : DEFAULT_CREDIT);
	}

	/**
	 * Read a number.
	 * @param name the name of the parameter
	 * @param value its value
	 * @return the number
	 * @throws IrpcException if it is none
	 */
	static int positive(String name, String value) {
		try {
			int number = Integer.parseInt(value);
			if (number > 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// told below
		}
		throw invalid(name, value, "a number from 1 to " + Integer.MAX_VALUE);
	}

	private static IrpcException invalid(String name, String value, String expected) {
		return new IrpcException(ErrorCode.PROTOCOL_ERROR, name + ":" + value + " (expected: " + expected + ")");
	}

}
