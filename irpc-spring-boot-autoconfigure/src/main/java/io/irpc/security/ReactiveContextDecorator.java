package io.irpc.security;

import io.irpc.service.ReturnValueDecorator;
import io.irpc.session.Invocation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;

/**
 * Gives a {@code Mono} or {@code Flux} that a function returns the user of the command as
 * its security context.
 *
 * @since 0.1.0
 */
public final class ReactiveContextDecorator implements ReturnValueDecorator {

	@Override
	public Object decorate(Object value, Invocation invocation) {
		if (value instanceof Mono<?> mono) {
			return mono.contextWrite(context(invocation));
		}
		return (value instanceof Flux<?> flux) ? flux.contextWrite(context(invocation)) : value;
	}

	private static Context context(Invocation invocation) {
		return ReactiveSecurityContextHolder.withAuthentication(SessionAuthentication.of(invocation.user()));
	}

}
