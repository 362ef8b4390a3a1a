package io.irpc.security;

import java.util.Set;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.service.Access;
import io.irpc.service.AccessPolicy;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.session.Invocation;
import io.irpc.session.InvocationInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationEventPublisher;

/**
 * Refuses commands that the user may not carry out (protocol §3). Names that no rule
 * opens to the user are answered alike whether they exist or not.
 *
 * @since 0.1.0
 */
public final class AuthorizationInterceptor implements InvocationInterceptor, Ordered {

	/**
	 * The order: inside of what sets the security context.
	 */
	public static final int ORDER = SecurityContextInterceptor.ORDER + 100;

	/**
	 * The functions that are sent what nobody else may read. They are refused before
	 * their arguments are.
	 */
	private static final Set<Access> SECRETS = Set.of(new Access(Access.Kind.FUNCTION, "login"),
			new Access(Access.Kind.FUNCTION, "passwd"), new Access(Access.Kind.FUNCTION, "pair"));

	private final AccessPolicy policy;

	private final ServiceMethodRegistry functions;

	private final AuthorizationEventPublisher events;

	/**
	 * Create an interceptor.
	 * @param policy decides
	 * @param functions the functions, for their current names
	 * @param events told of refusals
	 */
	public AuthorizationInterceptor(AccessPolicy policy, ServiceMethodRegistry functions,
			AuthorizationEventPublisher events) {
		this.policy = policy;
		this.functions = functions;
		this.events = events;
	}

	@Override
	public @Nullable Object intercept(Invocation invocation, Chain chain) throws Exception {
		Access access = Access.of(invocation.command(), this.functions);
		if (!this.policy.permits(access, invocation.session(), invocation.user())) {
			this.events.publishAuthorizationEvent(() -> SessionAuthentication.of(invocation.user()),
					new AccessRequest(access, invocation.session()), new AuthorizationDecision(false));
			throw refusal(invocation);
		}
		if (SECRETS.contains(access) && !invocation.session().isEncrypted() && !invocation.session().isLocal()) {
			throw new IrpcException(ErrorCode.PERMISSION_DENIED,
					access.name() + " needs TLS: what is sent in plain text may be read by others");
		}
		return chain.proceed(invocation);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	static IrpcException refusal(Invocation invocation) {
		return new IrpcException((invocation.user() != null) ? ErrorCode.PERMISSION_DENIED : ErrorCode.UNAUTHENTICATED,
				"The current user cannot execute this call!");
	}

}
