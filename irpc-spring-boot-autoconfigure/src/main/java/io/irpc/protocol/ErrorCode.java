package io.irpc.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a command failed (protocol §6, feature {@code errors}).
 *
 * @since 0.1.0
 */
public enum ErrorCode {

	/**
	 * The line breaks the grammar or a limit.
	 */
	PROTOCOL_ERROR,

	/**
	 * No such command.
	 */
	UNKNOWN_COMMAND,

	/**
	 * No such function, or none that this user may know of.
	 */
	UNKNOWN_FUNCTION,

	/**
	 * No such event, or none that this user may know of.
	 */
	UNKNOWN_EVENT,

	/**
	 * An argument is missing, malformed or refused.
	 */
	INVALID_ARGUMENT,

	/**
	 * The session must log in first.
	 */
	UNAUTHENTICATED,

	/**
	 * The user may not do this.
	 */
	PERMISSION_DENIED,

	/**
	 * What the arguments name does not exist.
	 */
	NOT_FOUND,

	/**
	 * No answer in time.
	 */
	DEADLINE_EXCEEDED,

	/**
	 * The caller took the command back.
	 */
	CANCELLED,

	/**
	 * A limit of the session or of the server is reached.
	 */
	RESOURCE_EXHAUSTED,

	/**
	 * The peer cannot be reached or takes no commands now.
	 */
	UNAVAILABLE,

	/**
	 * The function failed in a way that is not the caller's business.
	 */
	INTERNAL;

	private final String wireName = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the code as it stands on the wire.
	 * @return the name in lower case
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Find the code of a name received.
	 * @param wireName the name as it stands on the wire
	 * @return the code, or empty for one that this version does not know
	 */
	public static Optional<ErrorCode> ofWireName(String wireName) {
		for (ErrorCode code : values()) {
			if (code.wireName.equals(wireName)) {
				return Optional.of(code);
			}
		}
		return Optional.empty();
	}

}
