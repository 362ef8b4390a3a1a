package io.irpc.security;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.irpc.service.Access;
import io.irpc.service.AccessRule;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.util.Assert;

/**
 * Builds the rules about who may use which functions, events and commands, in the manner
 * of {@code HttpSecurity}. Each injection gives a new builder; an application declares
 * the {@link IrpcRules} that it builds as a bean. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class IrpcSecurity {

	private final @Nullable RoleHierarchy roleHierarchy;

	private final List<IrpcRule> rules = new ArrayList<>();

	/**
	 * Create a builder without rules.
	 * @param roleHierarchy which roles include others, {@code null} for none
	 */
	public IrpcSecurity(@Nullable RoleHierarchy roleHierarchy) {
		this.roleHierarchy = roleHierarchy;
	}

	/**
	 * Add rules, behind those that are there.
	 * @param rules adds them
	 * @return this builder
	 */
	public IrpcSecurity authorize(Consumer<Rules> rules) {
		rules.accept(new Rules());
		return this;
	}

	/**
	 * Build the rules.
	 * @return the rules
	 */
	public IrpcRules build() {
		return new IrpcRules(this.rules);
	}

	/**
	 * Says what the next rule is about. In patterns, {@code *} stands for one part of a
	 * dotted name or a piece of it, {@code **} for any number of parts.
	 */
	public final class Rules {

		private Rules() {
		}

		/**
		 * Say who may call and get help on functions.
		 * @param patterns their names, such as {@code settings.*}
		 * @return to say who
		 */
		public Target functions(String... patterns) {
			return new Target(this, EnumSet.of(Access.Kind.FUNCTION), "functions", patterns);
		}

		/**
		 * Say who may subscribe to, receive and get help on events.
		 * @param patterns their names
		 * @return to say who
		 */
		public Target events(String... patterns) {
			return new Target(this, EnumSet.of(Access.Kind.EVENT), "events", patterns);
		}

		/**
		 * Say who may raise events that allow it.
		 * @param patterns their names
		 * @return to say who
		 */
		public Target raising(String... patterns) {
			return new Target(this, EnumSet.of(Access.Kind.RAISING), "raising", patterns);
		}

		/**
		 * Say who may use commands that are about no function and no event.
		 * @param patterns their names
		 * @return to say who
		 */
		public Target commands(String... patterns) {
			return new Target(this, EnumSet.of(Access.Kind.COMMAND), "commands", patterns);
		}

		/**
		 * Say who may use everything that no rule before is about.
		 * @return to say who
		 */
		public Target anything() {
			return new Target(this, EnumSet.allOf(Access.Kind.class), "anything", "**");
		}

	}

	/**
	 * Says who may use what a rule is about.
	 */
	public final class Target {

		private final Rules parent;

		private final Set<Access.Kind> kinds;

		private final String source;

		private final List<String> patterns;

		private Target(Rules parent, Set<Access.Kind> kinds, String kind, String... patterns) {
			Assert.notEmpty(patterns, "A rule needs at least one pattern");
			this.parent = parent;
			this.kinds = kinds;
			this.source = (kinds.size() > 1) ? kind : kind + " " + String.join(", ", patterns);
			this.patterns = List.of(patterns);
		}

		/**
		 * Let everybody in, without a login.
		 * @return to go on with the next rule
		 */
		public Rules permitAll() {
			return add("everybody", SingleResultAuthorizationManager.permitAll());
		}

		/**
		 * Let nobody in.
		 * @return to go on with the next rule
		 */
		public Rules denyAll() {
			return add("nobody", SingleResultAuthorizationManager.denyAll());
		}

		/**
		 * Let in who is logged in.
		 * @return to go on with the next rule
		 */
		public Rules authenticated() {
			return add("authenticated users", AuthenticatedAuthorizationManager.authenticated());
		}

		/**
		 * Let in who has a role.
		 * @param roles the roles, one of which is enough, without {@code ROLE_}
		 * @return to go on with the next rule
		 */
		public Rules hasRole(String... roles) {
			return add("role " + String.join(" or ", roles),
					withHierarchy(AuthorityAuthorizationManager.hasAnyRole(roles)));
		}

		/**
		 * Let in who has an authority.
		 * @param authorities the authorities, one of which is enough
		 * @return to go on with the next rule
		 */
		public Rules hasAuthority(String... authorities) {
			return add("authority " + String.join(" or ", authorities),
					withHierarchy(AuthorityAuthorizationManager.hasAnyAuthority(authorities)));
		}

		/**
		 * Let in whom an authorization manager lets in.
		 * @param manager decides; it must not block, as it is asked on the event loop for
		 * each delivery of an event
		 * @return to go on with the next rule
		 */
		public Rules access(AuthorizationManager<AccessRequest> manager) {
			return add(manager.toString(), manager);
		}

		private AuthorizationManager<AccessRequest> withHierarchy(
				AuthorityAuthorizationManager<AccessRequest> manager) {
			if (IrpcSecurity.this.roleHierarchy != null) {
				manager.setRoleHierarchy(IrpcSecurity.this.roleHierarchy);
			}
			return manager;
		}

		private Rules add(String who, AuthorizationManager<AccessRequest> manager) {
			IrpcSecurity.this.rules
				.add(new IrpcRule(this.kinds, this.patterns, manager, new AccessRule(who, this.source)));
			return this.parent;
		}

	}

}
