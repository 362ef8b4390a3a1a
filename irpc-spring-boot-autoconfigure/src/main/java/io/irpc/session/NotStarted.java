package io.irpc.session;

import java.util.Map;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Marks the refusal of a command that was not started, so that it may be sent again
 * elsewhere.
 *
 * @since 0.1.0
 */
public final class NotStarted {

	private static final String MEMBER = "started";

	private static final int MAX_LENGTH = 1024;

	static final Map<String, Object> DETAILS = Map.of(MEMBER, false);

	private NotStarted() {
	}

	/**
	 * Return whether an error should be read, as it may say that.
	 * @param error the error
	 * @return {@code false} if it does not
	 */
	public static boolean mayBeIn(Payload error) {
		return error.isObject() && error.length() <= MAX_LENGTH && error.json().contains('"' + MEMBER + '"');
	}

	/**
	 * Return whether an error says that the command was not started.
	 * @param details the details of the error, {@code null} for none
	 * @return {@code true} if it may be sent again
	 */
	public static boolean isIn(@Nullable Object details) {
		return details instanceof Map<?, ?> members && Boolean.FALSE.equals(members.get(MEMBER));
	}

}
