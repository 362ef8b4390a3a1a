package io.irpc.autoconfigure.security;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.autoconfigure.PropertyChecks;
import io.irpc.security.AccessDeniedResolver;
import io.irpc.security.AuthenticationArgumentResolver;
import io.irpc.security.AuthenticationRefresher;
import io.irpc.security.AuthorizationInterceptor;
import io.irpc.security.IrpcRules;
import io.irpc.security.IrpcSecurity;
import io.irpc.security.LoginFunctions;
import io.irpc.security.LoginProvider;
import io.irpc.security.LoginService;
import io.irpc.security.LoginSessions;
import io.irpc.security.LoginSettings;
import io.irpc.security.LoginUsers;
import io.irpc.security.MethodSecurity;
import io.irpc.security.PasswordChange;
import io.irpc.security.PeerAuthenticationProvider;
import io.irpc.security.PeerLogin;
import io.irpc.security.RuleAccessPolicy;
import io.irpc.security.SecurityContextInterceptor;
import io.irpc.security.TokenConverter;
import io.irpc.security.UserDetailsRefresher;
import io.irpc.service.AccessPolicy;
import io.irpc.service.ServiceMethodRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.security.access.PermissionEvaluator;
import org.springframework.security.access.expression.method.DefaultMethodSecurityExpressionHandler;
import org.springframework.security.access.expression.method.MethodSecurityExpressionHandler;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authorization.AuthoritiesAuthorizationManager;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.SpringAuthorizationEventPublisher;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.UserDetailsManager;

/**
 * Auto-configuration of logins to the IRPC server with the credentials that the
 * application has for Spring Security, and of who may use what.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = { IrpcServerAutoConfiguration.class, IrpcEventAutoConfiguration.class }, afterName = {
		"org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration" })
@ConditionalOnClass(AuthenticationManager.class)
@ConditionalOnBooleanProperty(name = "irpc.server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(IrpcLoginProperties.class)
@Import({ DefaultUserConfiguration.class, ReactiveSecurityConfiguration.class, BearerTokenConfiguration.class,
		PairingConfiguration.class })
public final class IrpcSecurityAutoConfiguration {

	private static final String LOGIN = "irpc.server.login.";

	@Bean
	@Scope("prototype")
	IrpcSecurity irpcSecurity(ObjectProvider<RoleHierarchy> roleHierarchy) {
		return new IrpcSecurity(roleHierarchy.getIfAvailable());
	}

	@Bean
	MethodSecurity irpcMethodSecurity(ObjectProvider<MethodSecurityExpressionHandler> expressions,
			ObjectProvider<RoleHierarchy> roleHierarchy, ObjectProvider<PermissionEvaluator> permissions,
			ObjectProvider<AuthorizationEventPublisher> events, ApplicationContext context) {
		AuthoritiesAuthorizationManager authorities = new AuthoritiesAuthorizationManager();
		roleHierarchy.ifAvailable(authorities::setRoleHierarchy);
		return new MethodSecurity(expressions.getIfAvailable(() -> {
			DefaultMethodSecurityExpressionHandler handler = new DefaultMethodSecurityExpressionHandler();
			handler.setApplicationContext(context);
			roleHierarchy.ifAvailable(handler::setRoleHierarchy);
			permissions.ifAvailable(handler::setPermissionEvaluator);
			return handler;
		}), authorities, publisher(events, context));
	}

	@Bean
	@ConditionalOnMissingBean(AccessPolicy.class)
	RuleAccessPolicy irpcAccessPolicy(ObjectProvider<IrpcRules> rules, ServiceMethodRegistry functions,
			MethodSecurity methodSecurity) {
		return new RuleAccessPolicy(rules.getIfAvailable(() -> IrpcRules.DEFAULT), functions, methodSecurity);
	}

	@Bean
	SecurityContextInterceptor irpcSecurityContextInterceptor(ObjectProvider<SecurityContextHolderStrategy> holder) {
		return new SecurityContextInterceptor(holder.getIfAvailable(SecurityContextHolder::getContextHolderStrategy));
	}

	@Bean
	AuthorizationInterceptor irpcAuthorizationInterceptor(AccessPolicy policy, ServiceMethodRegistry functions,
			ObjectProvider<AuthorizationEventPublisher> events, ApplicationEventPublisher publisher) {
		return new AuthorizationInterceptor(policy, functions, publisher(events, publisher));
	}

	@Bean
	AccessDeniedResolver irpcAccessDeniedResolver() {
		return new AccessDeniedResolver();
	}

	@Bean
	AuthenticationArgumentResolver irpcAuthenticationArgumentResolver() {
		return new AuthenticationArgumentResolver();
	}

	@Bean
	LoginSettings irpcLoginSettings(IrpcLoginProperties properties) {
		return new LoginSettings(PropertyChecks.positive(LOGIN + "threads", properties.getThreads()),
				PropertyChecks.positive(LOGIN + "max-waiting", properties.getMaxWaiting()),
				PropertyChecks.positive(LOGIN + "max-failures", properties.getMaxFailures()),
				PropertyChecks.positive(LOGIN + "initial-delay", properties.getInitialDelay()),
				PropertyChecks.positive(LOGIN + "max-delay", properties.getMaxDelay()),
				PropertyChecks.positive(LOGIN + "max-remembered", properties.getMaxRemembered()),
				PropertyChecks.positive(LOGIN + "refusal-time", properties.getRefusalTime()),
				PropertyChecks.positive(LOGIN + "recheck-interval", properties.getRecheckInterval()));
	}

	@Bean
	LoginSessions irpcLoginSessions(ObjectProvider<AuthenticationRefresher> refreshers, LoginUsers users) {
		List<AuthenticationRefresher> all = new ArrayList<>(refreshers.orderedStream().toList());
		UserDetailsService service = users.service();
		if (service != null) {
			all.add(new UserDetailsRefresher(service));
		}
		return new LoginSessions(all);
	}

	@Bean
	LoginService irpcLoginService(LoginSettings settings, LoginSessions sessions, LoginUsers users,
			ObjectProvider<AuthenticationEventPublisher> events, ConfigurableApplicationContext context) {
		AuthenticationEventPublisher publisher = events
			.getIfAvailable(() -> new DefaultAuthenticationEventPublisher(context));
		AuthenticationManager manager = new AuthenticationManagerFactory(context, publisher).create(users);
		return new LoginService(manager, settings, sessions, Clock.systemUTC());
	}

	@Bean
	LoginFunctions irpcLoginFunctions(LoginService logins, ObjectProvider<TokenConverter> tokens,
			ObjectProvider<PasswordEncoder> encoder, ObjectProvider<UserDetailsManager> manager,
			ObjectProvider<UserDetailsPasswordService> passwords) {
		PasswordChange passwordChange = new PasswordChange(logins,
				encoder.getIfAvailable(PasswordEncoderFactories::createDelegatingPasswordEncoder),
				manager.getIfUnique(), passwords.getIfUnique());
		return new LoginFunctions(logins, passwordChange, tokens.orderedStream().toList());
	}

	@Bean
	LoginProvider irpcPeerLoginProvider(LoginUsers users) {
		return new LoginProvider(new PeerAuthenticationProvider(users));
	}

	@Bean
	PeerLogin irpcPeerLogin(LoginService logins, IrpcLoginProperties properties) {
		return new PeerLogin(logins, properties.getLocalUsers());
	}

	private static AuthorizationEventPublisher publisher(ObjectProvider<AuthorizationEventPublisher> events,
			ApplicationEventPublisher publisher) {
		return events.getIfAvailable(() -> new SpringAuthorizationEventPublisher(publisher));
	}

}
