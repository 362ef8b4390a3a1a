package io.irpc.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.Refusals;
import io.irpc.protocol.Response;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the error response of whatever went wrong (protocol §3 and §6).
 */
final class ErrorResponses {

	private static final Log logger = LogFactory.getLog(ErrorResponses.class);

	private final PayloadConverter converter;

	private final List<ErrorResponseResolver> resolvers;

	private final Refusals refusals;

	ErrorResponses(PayloadConverter converter, List<ErrorResponseResolver> resolvers, Refusals refusals) {
		this.converter = converter;
		this.resolvers = resolvers;
		this.refusals = refusals;
	}

	Response of(Throwable failure, Invocation invocation) {
		Throwable cause = unwrap(failure);
		IrpcException error = resolve(cause, invocation);
		if (error != null) {
			return of(error, invocation);
		}
		String reference = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
		logger.error("Failure of " + invocation + ", told to the caller as reference " + reference,
				loggable(cause, invocation));
		IrpcException internal = new IrpcException(ErrorCode.INTERNAL, "Internal error, reference " + reference,
				invocation.isSensitive() ? WithheldFailure.of(cause) : cause);
		invocation.fail(internal);
		return of(internal, reference, invocation.session(), invocation.responseId());
	}

	Response of(IrpcException error, Invocation invocation) {
		invocation.fail(error);
		return of(error, null, invocation.session(), invocation.responseId());
	}

	Response of(IrpcException error, IrpcSession session, String responseId) {
		return of(error, null, session, responseId);
	}

	/**
	 * Make what a peer is told that gets no session.
	 * @param error why not
	 * @param features what the peer understands
	 * @param responseId the id of the response
	 * @return the response
	 */
	Response of(IrpcException error, Set<String> features, String responseId) {
		return Response.exception(responseId,
				this.converter.write(features.contains(PeerIdentity.ERRORS) ? value(error, null) : error.getMessage()));
	}

	private Response of(IrpcException error, @Nullable String reference, IrpcSession session, String responseId) {
		count(error, session);
		if (!session.peer().supports(PeerIdentity.ERRORS)) {
			return Response.exception(responseId, this.converter.write(error.getMessage()));
		}
		return Response.exception(responseId,
				this.converter.write(value(error, reference), SessionUser.authoritiesOf(session.user())));
	}

	private Map<String, Object> value(IrpcException error, @Nullable String reference) {
		Map<String, Object> value = new LinkedHashMap<>();
		value.put("code", error.code().wireName());
		value.put("message", error.getMessage());
		if (error.details() != null) {
			value.put("details", details(error.details()));
		}
		if (reference != null) {
			value.put("reference", reference);
		}
		return value;
	}

	/**
	 * Count an error that is a matter of limits.
	 * @param error the error
	 * @param peer whom it concerns
	 */
	void count(IrpcException error, Object peer) {
		Limit limit = error.limit();
		if (limit != null) {
			this.refusals.add(limit, peer, error.getMessage());
		}
	}

	private Object details(Object details) {
		try {
			this.converter.write(details);
			return details;
		}
		catch (PayloadException ex) {
			logger.warn("The details of an error have no JSON form and are left out", WithheldFailure.of(ex));
			return Map.of();
		}
	}

	private @Nullable IrpcException resolve(Throwable failure, Invocation invocation) {
		if (failure instanceof IrpcException error && !(failure instanceof RemoteFailure)) {
			return error;
		}
		for (ErrorResponseResolver resolver : this.resolvers) {
			IrpcException error = resolve(resolver, failure, invocation);
			if (error != null) {
				return error;
			}
		}
		return null;
	}

	private static @Nullable IrpcException resolve(ErrorResponseResolver resolver, Throwable failure,
			Invocation invocation) {
		try {
			return resolver.resolve(failure, invocation);
		}
		catch (RuntimeException ex) {
			// the command must be answered nevertheless
			logger.error("Failure of " + resolver + " for " + invocation, loggable(ex, invocation));
			return null;
		}
	}

	private static Throwable loggable(Throwable failure, Invocation invocation) {
		return invocation.isSensitive() ? WithheldFailure.of(failure) : LogSafe.failure(failure);
	}

	private static Throwable unwrap(Throwable failure) {
		Throwable result = failure;
		while ((result instanceof CompletionException || result instanceof ExecutionException
				|| result instanceof InvocationTargetException || result instanceof UndeclaredThrowableException)
				&& result.getCause() != null) {
			result = result.getCause();
		}
		return result;
	}

}
