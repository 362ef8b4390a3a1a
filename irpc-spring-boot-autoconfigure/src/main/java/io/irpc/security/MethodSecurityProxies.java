package io.irpc.security;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;

import io.irpc.service.IrpcConfigurationException;

import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreFilter;

/**
 * Finds functions whose security annotations nobody would honour: those that look at
 * results or change arguments, on a bean without the proxy of Spring Security that does.
 */
final class MethodSecurityProxies {

	private static final List<Class<? extends Annotation>> NEED_PROXY = List.of(PostAuthorize.class, PostFilter.class,
			PreFilter.class);

	private MethodSecurityProxies() {
	}

	/**
	 * Check that the annotations of a function are honoured.
	 * @param function the name of the function
	 * @param bean the object that it is called on
	 * @param method the method
	 * @throws IrpcConfigurationException if they are not
	 */
	static void check(String function, Object bean, Method method) {
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
		Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
		for (Class<? extends Annotation> annotation : NEED_PROXY) {
			boolean annotated = AnnotatedElementUtils.hasAnnotation(specific, annotation)
					|| AnnotatedElementUtils.hasAnnotation(targetClass, annotation);
			if (annotated && !isAdvised(bean, specific, targetClass)) {
				throw new IrpcConfigurationException(
						"The function " + function + " is annotated with @" + annotation.getSimpleName()
								+ ", which nothing honours, as method security does not apply to its bean",
						"Add @EnableMethodSecurity to a configuration class, or remove the annotation.");
			}
		}
	}

	private static boolean isAdvised(Object bean, Method method, Class<?> targetClass) {
		for (Object next = bean; next instanceof Advised advised; next = AopProxyUtils.getSingletonTarget(next)) {
			for (Advisor advisor : advised.getAdvisors()) {
				if (isOfSpringSecurity(advisor) && advisor instanceof PointcutAdvisor pointcut
						&& AopUtils.canApply(pointcut.getPointcut(), targetClass)
						&& pointcut.getPointcut().getMethodMatcher().matches(method, targetClass)) {
					return true;
				}
			}
		}
		return false;
	}

	// its advisors have no public type in common
	private static boolean isOfSpringSecurity(Advisor advisor) {
		return advisor.getClass().getName().startsWith("org.springframework.security.");
	}

}
