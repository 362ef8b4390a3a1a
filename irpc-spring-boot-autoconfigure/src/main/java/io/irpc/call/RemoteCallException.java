package io.irpc.call;

import java.io.Serial;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.LogSafe;
import org.jspecify.annotations.Nullable;

/**
 * A call that the peer answered with an error. The subtypes are for codes that callers
 * often tell apart; {@link #code()} knows them all. The message is the peer's, made safe
 * for a log.
 *
 * @since 0.1.0
 */
public class RemoteCallException extends IrpcClientException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final @Nullable String reference;

	RemoteCallException(RemoteError error) {
		super(error.code(), LogSafe.text(error.message()), error.details(), null);
		this.reference = (error.reference() != null) ? LogSafe.text(error.reference()) : null;
	}

	/**
	 * Create the exception for an error that was received.
	 * @param error the value of an {@code Exception} response
	 * @param converter reads it; not called on an event loop
	 * @return the exception
	 */
	public static RemoteCallException of(Payload error, PayloadConverter converter) {
		return of(RemoteError.of(error, converter));
	}

	private static RemoteCallException of(RemoteError error) {
		return switch (error.code()) {
			case UNKNOWN_FUNCTION -> new UnknownFunction(error);
			case UNKNOWN_EVENT -> new UnknownEvent(error);
			case INVALID_ARGUMENT -> new InvalidArgument(error);
			case UNAUTHENTICATED -> new Unauthenticated(error);
			case PERMISSION_DENIED -> new PermissionDenied(error);
			case NOT_FOUND -> new NotFound(error);
			case RESOURCE_EXHAUSTED -> new ResourceExhausted(error);
			case UNAVAILABLE -> new Unavailable(error);
			case PROTOCOL_ERROR, UNKNOWN_COMMAND, DEADLINE_EXCEEDED, CANCELLED, INTERNAL ->
				new RemoteCallException(error);
		};
	}

	/**
	 * Return the reference under which the peer has logged the failure.
	 * @return the reference, {@code null} for none
	 */
	public @Nullable String reference() {
		return this.reference;
	}

	/**
	 * The peer has no such function.
	 */
	public static final class UnknownFunction extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		UnknownFunction(RemoteError error) {
			super(error);
		}

	}

	/**
	 * The peer has no such event.
	 */
	public static final class UnknownEvent extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		UnknownEvent(RemoteError error) {
			super(error);
		}

	}

	/**
	 * An argument is missing, malformed or refused.
	 */
	public static final class InvalidArgument extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		InvalidArgument(RemoteError error) {
			super(error);
		}

	}

	/**
	 * The session has to log in first.
	 */
	public static final class Unauthenticated extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		Unauthenticated(RemoteError error) {
			super(error);
		}

	}

	/**
	 * The user may not call this.
	 */
	public static final class PermissionDenied extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		PermissionDenied(RemoteError error) {
			super(error);
		}

	}

	/**
	 * What the arguments name does not exist.
	 */
	public static final class NotFound extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		NotFound(RemoteError error) {
			super(error);
		}

	}

	/**
	 * A limit of the session or the peer is reached.
	 */
	public static final class ResourceExhausted extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		ResourceExhausted(RemoteError error) {
			super(error);
		}

	}

	/**
	 * The peer takes no calls now.
	 */
	public static final class Unavailable extends RemoteCallException {

		@Serial
		private static final long serialVersionUID = 1L;

		Unavailable(RemoteError error) {
			super(error);
		}

	}

}
