package io.irpc.call;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tells the caller why a call has failed.
 *
 * @param target what was called
 * @param time how long the call was to wait
 * @param converter reads errors; not used on an event loop
 */
record CallFailures(String target, Duration time, PayloadConverter converter) {

	/**
	 * Return what was wrapped by futures.
	 * @param failure the failure
	 * @return its cause
	 */
	static Throwable unwrap(Throwable failure) {
		Throwable cause = failure;
		while ((cause instanceof ExecutionException || cause instanceof CompletionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	/**
	 * Return what is not checked, to be thrown as it is.
	 * @param failure the failure, perhaps wrapped by a future
	 * @return the exception
	 */
	static RuntimeException unchecked(Throwable failure) {
		Throwable cause = unwrap(failure);
		return (cause instanceof RuntimeException unchecked) ? unchecked
				: new IrpcClientException(ErrorCode.INTERNAL, String.valueOf(cause.getMessage()), cause);
	}

	/**
	 * Return the exception for a failure on the way: a new one for each caller, as others
	 * may wait for the same connection.
	 * @param failure the failure, perhaps wrapped by a future
	 * @return the exception
	 */
	RuntimeException of(Throwable failure) {
		Throwable cause = unwrap(failure);
		String message = "Call of " + this.target + ": " + cause.getMessage();
		if (cause instanceof TimeoutException) {
			return timedOut(cause);
		}
		if (cause instanceof NotConnectedException) {
			return new NotConnectedException("Call of " + this.target + " was not sent: " + cause.getMessage(), cause);
		}
		if (cause instanceof ConnectionLostException.AnswerForgotten) {
			return new ConnectionLostException.AnswerForgotten(message, cause);
		}
		if (cause instanceof ConnectionLostException) {
			return new ConnectionLostException(message, cause);
		}
		return (cause instanceof RuntimeException unchecked) ? unchecked
				: new IrpcClientException(ErrorCode.INTERNAL, message, cause);
	}

	/**
	 * Return the exception for an error of the peer. One that knows the deadline may be
	 * first to say that it has passed.
	 * @param error the error
	 * @param deadline until when the answer was waited for
	 * @return the exception
	 */
	IrpcClientException of(Response error, CallDeadline deadline) {
		RemoteCallException failure = RemoteCallException.of(error.value(), this.converter);
		return (deadline.told() && failure.code() == ErrorCode.DEADLINE_EXCEEDED) ? timedOut(failure) : failure;
	}

	/**
	 * Return the exception for a value that is not of the type asked for.
	 * @param reason what is wrong with it
	 * @param cause the cause, {@code null} for none
	 * @return the exception
	 */
	IrpcClientException unreadable(@Nullable String reason, @Nullable Throwable cause) {
		return new IrpcClientException(ErrorCode.INTERNAL,
				"The answer of " + this.target + " is not of the type asked for: " + reason, cause);
	}

	/**
	 * Return the exception for an answer that did not come in time. What was not sent can
	 * be repeated, which is worth telling.
	 * @param execution the call
	 * @param timeout the end of the time
	 * @return the exception
	 */
	RuntimeException unanswered(CallExecution execution, TimeoutException timeout) {
		return execution.wasSent() ? timedOut(timeout) : new NotConnectedException("Call of " + this.target
				+ " was not sent: there was no connection within " + this.time.toMillis() + " ms", timeout);
	}

	private CallTimeoutException timedOut(Throwable cause) {
		return new CallTimeoutException("No answer of " + this.target + " within " + this.time.toMillis() + " ms",
				cause);
	}

}
