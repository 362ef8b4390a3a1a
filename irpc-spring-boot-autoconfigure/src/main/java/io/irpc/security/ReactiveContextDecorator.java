package io.irpc.security;

import io.irpc.service.ReturnValueDecorator;
import io.irpc.session.Invocation;
import reactor.core.publisher.Mono;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;

/**
 * Gives a {@code Mono} that a function returns the user of the command as its security
 * context.
 *
 * @since 0.1.0
 */
public final class ReactiveContextDecorator implements ReturnValueDecorator {

	@Override
	public Object decorate(Object value, Invocation invocation) {
		return (value instanceof Mono<?> mono)
				? mono.contextWrite(
						ReactiveSecurityContextHolder.withAuthentication(SessionAuthentication.of(invocation.user())))
				: value;
	}

}
