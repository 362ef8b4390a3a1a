package io.irpc.security;

import java.util.EnumSet;
import java.util.List;

import io.irpc.service.Access;
import io.irpc.service.AccessRule;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.SingleResultAuthorizationManager;

/**
 * The rules of an application about who may use which functions, events and commands. The
 * first rule that matches decides; what no rule matches is denied.
 *
 * @since 0.1.0
 */
public final class IrpcRules {

	private static final String USERS = "authenticated users";

	private static final String BUILT_IN_SOURCE = "built in";

	/**
	 * The rules of an application that has none of its own: everything is open to who is
	 * logged in.
	 */
	public static final IrpcRules DEFAULT = new IrpcRules(List.of(new IrpcRule(EnumSet.allOf(Access.Kind.class),
			List.of("**"), AuthenticatedAuthorizationManager.authenticated(), new AccessRule(USERS, "default"))));

	/**
	 * What comes before the rules of every application: what a session needs to log in,
	 * and to find out what it may do.
	 */
	static final IrpcRules BUILT_IN = new IrpcRules(List.of(
			new IrpcRule(EnumSet.of(Access.Kind.FUNCTION),
					List.of("login", "pair", "logout", "whoami", "whaticando", "getFunctionList", "getEventList"),
					SingleResultAuthorizationManager.permitAll(), new AccessRule("everybody", BUILT_IN_SOURCE)),
			new IrpcRule(EnumSet.of(Access.Kind.FUNCTION), List.of("passwd"),
					AuthenticatedAuthorizationManager.authenticated(), new AccessRule(USERS, BUILT_IN_SOURCE)),
			new IrpcRule(EnumSet.of(Access.Kind.COMMAND),
					List.of("identify", "ping", "cancel", "request", "outcome", "goaway", "callback"),
					SingleResultAuthorizationManager.permitAll(), new AccessRule("everybody", BUILT_IN_SOURCE))));

	private final List<IrpcRule> rules;

	IrpcRules(List<IrpcRule> rules) {
		this.rules = List.copyOf(rules);
	}

	@Nullable IrpcRule find(Access access) {
		for (IrpcRule rule : this.rules) {
			if (rule.matches(access)) {
				return rule;
			}
		}
		return null;
	}

}
