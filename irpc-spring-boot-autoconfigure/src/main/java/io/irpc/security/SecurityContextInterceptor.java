package io.irpc.security;

import io.irpc.session.Invocation;
import io.irpc.session.InvocationInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Puts the user of a command into the {@link SecurityContextHolder} for as long as the
 * command runs on this thread, and restores what was there.
 *
 * @since 0.1.0
 */
public final class SecurityContextInterceptor implements InvocationInterceptor, Ordered {

	/**
	 * The order.
	 */
	public static final int ORDER = -100;

	private final SecurityContextHolderStrategy holder;

	/**
	 * Create an interceptor.
	 * @param holder where the context is put
	 */
	public SecurityContextInterceptor(SecurityContextHolderStrategy holder) {
		this.holder = holder;
	}

	@Override
	public @Nullable Object intercept(Invocation invocation, Chain chain) throws Exception {
		SecurityContext previous = this.holder.getContext();
		this.holder.setContext(new SecurityContextImpl(SessionAuthentication.of(invocation.user())));
		try {
			return chain.proceed(invocation);
		}
		finally {
			if (previous.getAuthentication() == null) {
				this.holder.clearContext();
			}
			else {
				this.holder.setContext(previous);
			}
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
