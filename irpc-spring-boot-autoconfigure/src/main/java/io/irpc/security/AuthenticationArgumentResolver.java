package io.irpc.security;

import io.irpc.service.ArgumentResolver;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Supplies the {@link Authentication} of a command, and the principal to parameters
 * annotated with {@link AuthenticationPrincipal}.
 *
 * @since 0.1.0
 */
public final class AuthenticationArgumentResolver implements ArgumentResolver {

	private final SpelExpressionParser parser = new SpelExpressionParser();

	@Override
	public boolean supports(MethodParameter parameter) {
		return Authentication.class.isAssignableFrom(parameter.getParameterType()) || annotation(parameter) != null;
	}

	@Override
	public @Nullable Object resolve(MethodParameter parameter, Invocation invocation) {
		Object value = (invocation.user() != null) ? SessionAuthentication.of(invocation.user()) : null;
		AuthenticationPrincipal annotation = annotation(parameter);
		if (annotation != null && value instanceof Authentication authentication) {
			value = authentication.getPrincipal();
			if (StringUtils.hasLength(annotation.expression())) {
				value = this.parser.parseExpression(annotation.expression())
					.getValue(new StandardEvaluationContext(value));
			}
		}
		if (value != null && !ClassUtils.isAssignableValue(parameter.getParameterType(), value)) {
			if (annotation == null || annotation.errorOnInvalidType()) {
				throw new ClassCastException(
						value.getClass() + " is not assignable to " + parameter.getParameterType());
			}
			return null;
		}
		return value;
	}

	private static @Nullable AuthenticationPrincipal annotation(MethodParameter parameter) {
		return AnnotatedElementUtils.findMergedAnnotation(parameter.getParameter(), AuthenticationPrincipal.class);
	}

}
