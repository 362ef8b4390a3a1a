package io.irpc.session;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Published when a session of the server is given to a user by a login, when the
 * authorities of its user change, and when it becomes anonymous again. Logins that are
 * refused are no such event; Spring Security publishes events of its own for them.
 *
 * @since 0.1.0
 */
public final class IrpcSessionUserEvent extends IrpcSessionEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient @Nullable SessionUser user;

	private final transient @Nullable SessionUser previous;

	IrpcSessionUserEvent(IrpcSession session, @Nullable SessionUser user, @Nullable SessionUser previous) {
		super(session);
		this.user = user;
		this.previous = previous;
	}

	/**
	 * Return the user that the session was given to.
	 * @return the user, {@code null} if it was made anonymous
	 */
	public @Nullable SessionUser user() {
		return this.user;
	}

	/**
	 * Return the user that the session belonged to until then.
	 * @return the user, {@code null} if it was anonymous
	 */
	public @Nullable SessionUser previous() {
		return this.previous;
	}

}
