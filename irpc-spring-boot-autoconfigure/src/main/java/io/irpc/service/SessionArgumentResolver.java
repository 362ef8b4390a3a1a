package io.irpc.service;

import java.security.Principal;

import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Supplies the session that a function is called on, or the user that it is called for.
 */
final class SessionArgumentResolver implements ArgumentResolver {

	@Override
	public boolean supports(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return type == IrpcSession.class || type == SessionUser.class || type == Principal.class;
	}

	@Override
	public @Nullable Object resolve(MethodParameter parameter, Invocation invocation) {
		if (parameter.getParameterType() == IrpcSession.class) {
			return invocation.session();
		}
		SessionUser user = invocation.user();
		return (user == null || parameter.getParameterType() == SessionUser.class) ? user : user.principal();
	}

}
