package io.irpc.service;

import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may use what. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface AccessPolicy {

	/**
	 * Everybody may use everything: the policy where there is no authentication.
	 */
	AccessPolicy OPEN = new AccessPolicy() {

		@Override
		public boolean isLoginRequired() {
			return false;
		}

		@Override
		public boolean permits(Access access, IrpcSession session, @Nullable SessionUser user) {
			return true;
		}

		@Override
		public AccessRule describe(Access access) {
			return new AccessRule("everybody", "no authentication");
		}

	};

	/**
	 * Return whether sessions are expected to log in.
	 * @return {@code true} if anonymous sessions are to be kept few and short (protocol
	 * §8)
	 */
	boolean isLoginRequired();

	/**
	 * Decide about one use. Called for each command on the thread that it runs on, and
	 * for each delivery of an event on the event loop of the session, so it must not
	 * block.
	 * @param access what is to be used; it need not exist
	 * @param session the session
	 * @param user the user, {@code null} for an anonymous session
	 * @return whether it may be used
	 */
	boolean permits(Access access, IrpcSession session, @Nullable SessionUser user);

	/**
	 * Tell which rule decides about one use.
	 * @param access what is to be used
	 * @return the rule, {@code null} if there is none, so that nobody may use it
	 */
	@Nullable AccessRule describe(Access access);

}
