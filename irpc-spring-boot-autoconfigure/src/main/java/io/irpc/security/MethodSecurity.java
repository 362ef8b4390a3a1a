package io.irpc.security;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.irpc.service.MethodGuard;
import io.irpc.service.ServiceMethod;
import io.irpc.session.Invocation;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.expression.method.MethodSecurityExpressionHandler;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.method.Jsr250AuthorizationManager;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.authorization.method.SecuredAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;

/**
 * Holds calls to the security annotations of the method or its class, whether or not the
 * application enables method security for its other beans.
 *
 * @since 0.1.0
 */
public final class MethodSecurity implements MethodGuard {

	private static final boolean jsr250Present = ClassUtils.isPresent("jakarta.annotation.security.RolesAllowed",
			MethodSecurity.class.getClassLoader());

	private final Map<MethodClassKey, List<Guard>> guards = new ConcurrentHashMap<>();

	private final Map<ServiceMethod, List<Guard>> ofFunctions = new ConcurrentHashMap<>();

	private final List<Guard> candidates = new ArrayList<>();

	private final AuthorizationEventPublisher events;

	/**
	 * Create an instance.
	 * @param expressions evaluates the expressions of {@code @PreAuthorize}
	 * @param authorities decides whether a user has one of several authorities
	 * @param events told of refusals
	 */
	public MethodSecurity(MethodSecurityExpressionHandler expressions,
			AuthorizationManager<Collection<String>> authorities, AuthorizationEventPublisher events) {
		PreAuthorizeAuthorizationManager preAuthorize = new PreAuthorizeAuthorizationManager();
		preAuthorize.setExpressionHandler(expressions);
		this.candidates.add(new Guard(PreAuthorize.class, preAuthorize));
		SecuredAuthorizationManager secured = new SecuredAuthorizationManager();
		secured.setAuthoritiesAuthorizationManager(authorities);
		this.candidates.add(new Guard(Secured.class, secured));
		if (jsr250Present) {
			Jsr250.add(this.candidates, authorities);
		}
		this.events = events;
	}

	@Override
	public void checkPublished(String function, Object bean, Method method) {
		MethodSecurityProxies.check(function, bean, method);
	}

	@Override
	public void check(Invocation invocation, Object bean, Method method, @Nullable Object[] arguments) {
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
		for (Guard guard : guards(method, targetClass)) {
			MethodInvocation call = new MethodCall(target(bean), AopUtils.getMostSpecificMethod(method, targetClass),
					arguments);
			Authentication authentication = SessionAuthentication.of(invocation.user());
			AuthorizationResult found = guard.manager().authorize(() -> authentication, call);
			// a target that its proxy hides may hide the annotation from the manager
			AuthorizationResult result = (found != null) ? found : new AuthorizationDecision(false);
			if (!result.isGranted()) {
				this.events.publishAuthorizationEvent(() -> authentication, call, result);
				throw new AuthorizationDeniedException("Access Denied", result);
			}
		}
	}

	@Override
	public boolean mayRefuse(Class<?> targetClass, Method method) {
		return !guards(method, targetClass).isEmpty();
	}

	/**
	 * Return whether a user may call a function, as far as that does not depend on the
	 * arguments.
	 * @param function the function
	 * @param authentication the user
	 * @return {@code false} if every call would be refused
	 */
	boolean mayCall(ServiceMethod function, Authentication authentication) {
		List<Guard> all = guards(function);
		if (all.isEmpty()) {
			return true;
		}
		Class<?> targetClass = function.targetClass();
		for (Guard guard : all) {
			Method method = AopUtils.getMostSpecificMethod(function.method(), targetClass);
			if (!guard.dependsOnArguments(method, targetClass) && isRefused(guard, method, authentication)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isRefused(Guard guard, Method method, Authentication authentication) {
		try {
			AuthorizationResult result = guard.manager()
				.authorize(() -> authentication, new MethodCall(null, method, new Object[0]));
			return result != null && !result.isGranted();
		}
		catch (RuntimeException ex) {
			// an expression about the object itself: the call will tell
			return false;
		}
	}

	private static Object target(Object bean) {
		Object target = bean;
		for (Object next = bean; next != null; next = AopProxyUtils.getSingletonTarget(next)) {
			target = next;
		}
		return target;
	}

	String describe(ServiceMethod function) {
		return guards(function).stream()
			.map((guard) -> "@" + guard.annotation().getSimpleName())
			.collect(Collectors.joining(", "));
	}

	private List<Guard> guards(ServiceMethod function) {
		List<Guard> known = this.ofFunctions.get(function);
		return (known != null) ? known : this.ofFunctions.computeIfAbsent(function,
				(key) -> guards(function.method(), function.targetClass()));
	}

	private List<Guard> guards(Method method, Class<?> targetClass) {
		return this.guards.computeIfAbsent(new MethodClassKey(method, targetClass), (key) -> this.candidates.stream()
			.filter((guard) -> guard.find(AopUtils.getMostSpecificMethod(method, targetClass), targetClass) != null)
			.toList());
	}

	/**
	 * One kind of annotation with what decides about it.
	 *
	 * @param annotation the type of the annotation
	 * @param manager decides
	 */
	private record Guard(Class<? extends Annotation> annotation, AuthorizationManager<MethodInvocation> manager) {

		@Nullable Annotation find(Method method, Class<?> targetClass) {
			Annotation found = AnnotatedElementUtils.findMergedAnnotation(method, this.annotation);
			return (found != null) ? found : AnnotatedElementUtils.findMergedAnnotation(targetClass, this.annotation);
		}

		boolean dependsOnArguments(Method method, Class<?> targetClass) {
			return find(method, targetClass) instanceof PreAuthorize expression && expression.value().contains("#");
		}

	}

	/**
	 * Used only where the annotations are present.
	 */
	private static final class Jsr250 {

		static void add(List<Guard> guards, AuthorizationManager<Collection<String>> authorities) {
			Jsr250AuthorizationManager manager = new Jsr250AuthorizationManager();
			manager.setAuthoritiesAuthorizationManager(authorities);
			List.of(RolesAllowed.class, DenyAll.class, PermitAll.class)
				.forEach((annotation) -> guards.add(new Guard(annotation, manager)));
		}

	}

}
