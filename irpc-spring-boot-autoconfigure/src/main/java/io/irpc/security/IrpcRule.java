package io.irpc.security;

import java.util.List;
import java.util.Set;

import io.irpc.service.Access;
import io.irpc.service.AccessRule;

import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.util.AntPathMatcher;

/**
 * One rule: who may use what.
 *
 * @param kinds the kinds of use that it is about
 * @param patterns the names that it is about
 * @param manager decides
 * @param description the rule in words for people
 */
record IrpcRule(Set<Access.Kind> kinds, List<String> patterns, AuthorizationManager<AccessRequest> manager,
		AccessRule description) {

	private static final AntPathMatcher matcher = new AntPathMatcher(".");

	boolean matches(Access access) {
		if (!this.kinds.contains(access.kind())) {
			return false;
		}
		for (String pattern : this.patterns) {
			if (matcher.match(pattern, access.name())) {
				return true;
			}
		}
		return false;
	}

}
