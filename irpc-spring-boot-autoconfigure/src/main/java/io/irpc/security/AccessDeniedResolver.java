package io.irpc.security;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.ErrorResponseResolver;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/**
 * Answers what Spring Security throws inside of a function as a refusal.
 *
 * @since 0.1.0
 */
public final class AccessDeniedResolver implements ErrorResponseResolver {

	@Override
	public @Nullable IrpcException resolve(Throwable failure, Invocation invocation) {
		if (failure instanceof AccessDeniedException) {
			return AuthorizationInterceptor.refusal(invocation);
		}
		if (failure instanceof AuthenticationException) {
			return new IrpcException(ErrorCode.UNAUTHENTICATED, "The current user cannot execute this call!");
		}
		return null;
	}

}
