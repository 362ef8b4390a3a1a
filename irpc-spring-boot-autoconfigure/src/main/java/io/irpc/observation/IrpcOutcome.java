package io.irpc.observation;

import io.irpc.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended, by whom it can be helped: the value of the key {@code outcome}.
 *
 * @since 0.1.0
 */
public enum IrpcOutcome {

	/**
	 * It was carried out. A call without an answer was sent.
	 */
	SUCCESS,

	/**
	 * The caller has asked for what is wrong, or is not permitted.
	 */
	CLIENT_ERROR,

	/**
	 * The peer has failed, was not reached, or took too long.
	 */
	SERVER_ERROR,

	/**
	 * Nobody wanted the answer any more.
	 */
	CANCELLED,

	/**
	 * It has not ended, or its connection was lost, so that nobody knows.
	 */
	UNKNOWN;

	/**
	 * Return the outcome of a command that has ended.
	 * @param code why it has failed, {@code null} if it has not
	 * @return the outcome
	 */
	public static IrpcOutcome of(@Nullable ErrorCode code) {
		if (code == null) {
			return SUCCESS;
		}
		return switch (code) {
			case PROTOCOL_ERROR, UNKNOWN_COMMAND, UNKNOWN_FUNCTION, UNKNOWN_EVENT, INVALID_ARGUMENT, UNAUTHENTICATED,
					PERMISSION_DENIED, NOT_FOUND ->
				CLIENT_ERROR;
			case DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE, INTERNAL -> SERVER_ERROR;
			case CANCELLED -> CANCELLED;
		};
	}

}
