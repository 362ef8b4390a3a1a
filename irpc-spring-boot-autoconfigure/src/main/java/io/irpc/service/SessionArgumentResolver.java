package io.irpc.service;

import java.security.Principal;

import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Supplies the session that a function is called on, or the user it belongs to.
 */
final class SessionArgumentResolver implements ArgumentResolver {

	@Override
	public boolean supports(MethodParameter parameter) {
		return parameter.getParameterType() == IrpcSession.class || parameter.getParameterType() == Principal.class;
	}

	@Override
	public @Nullable Object resolve(MethodParameter parameter, Invocation invocation) {
		if (parameter.getParameterType() == IrpcSession.class) {
			return invocation.session();
		}
		SessionUser user = invocation.session().user();
		return (user != null) ? user.principal() : null;
	}

}
