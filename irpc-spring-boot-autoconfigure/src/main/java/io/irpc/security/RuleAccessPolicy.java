package io.irpc.security;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.service.Access;
import io.irpc.service.AccessPolicy;
import io.irpc.service.AccessRule;
import io.irpc.service.ServiceMethod;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authorization.AuthorizationResult;

/**
 * Decides by the rules of the application and by the security annotations of its methods.
 * What a session needs to log in, and to find out what it may do, is open.
 *
 * @since 0.1.0
 */
public final class RuleAccessPolicy implements AccessPolicy {

	private static final int MAX_REMEMBERED = 10_000;

	private static final int MAX_NAME_LENGTH = 128;

	private final IrpcRules rules;

	private final ServiceMethodRegistry functions;

	private final MethodSecurity methodSecurity;

	private final Map<Access, Optional<IrpcRule>> remembered = new ConcurrentHashMap<>();

	/**
	 * Create a policy.
	 * @param rules the rules of the application
	 * @param functions the functions, for their annotations
	 * @param methodSecurity decides by annotations
	 */
	public RuleAccessPolicy(IrpcRules rules, ServiceMethodRegistry functions, MethodSecurity methodSecurity) {
		this.rules = rules;
		this.functions = functions;
		this.methodSecurity = methodSecurity;
	}

	@Override
	public boolean isLoginRequired() {
		return true;
	}

	@Override
	public boolean permits(Access access, IrpcSession session, @Nullable SessionUser user) {
		IrpcRule rule = find(access);
		if (rule == null) {
			return false;
		}
		AuthorizationResult result = rule.manager()
			.authorize(() -> SessionAuthentication.of(user), new AccessRequest(access, session));
		if (result == null || !result.isGranted()) {
			return false;
		}
		ServiceMethod method = (access.kind() == Access.Kind.FUNCTION) ? this.functions.find(access.name()) : null;
		return method == null || this.methodSecurity.mayCall(method, SessionAuthentication.of(user));
	}

	@Override
	public @Nullable AccessRule describe(Access access) {
		IrpcRule rule = find(access);
		if (rule == null) {
			return null;
		}
		ServiceMethod method = (access.kind() == Access.Kind.FUNCTION) ? this.functions.find(access.name()) : null;
		String annotations = (method != null) ? this.methodSecurity.describe(method) : "";
		return annotations.isEmpty() ? rule.description()
				: new AccessRule(rule.description().who(), rule.description().source() + " and " + annotations);
	}

	private @Nullable IrpcRule find(Access access) {
		Optional<IrpcRule> known = this.remembered.get(access);
		if (known == null) {
			IrpcRule builtIn = IrpcRules.BUILT_IN.find(access);
			known = Optional.ofNullable((builtIn != null) ? builtIn : this.rules.find(access));
			// names are made up by peers, so neither all nor long ones can be remembered
			if (this.remembered.size() < MAX_REMEMBERED && access.name().length() <= MAX_NAME_LENGTH) {
				this.remembered.put(access, known);
			}
		}
		return known.orElse(null);
	}

}
