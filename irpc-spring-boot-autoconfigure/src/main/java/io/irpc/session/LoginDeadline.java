package io.irpc.session;

import java.util.concurrent.Future;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.transport.IrpcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session that does not log in for too long (protocol §8). Nothing extends the
 * time, but the end of a check that is under way is awaited. Confined to the event loop.
 */
final class LoginDeadline {

	private final SessionHandler handler;

	private final IrpcSession session;

	private final IrpcConnection connection;

	private final SessionLimits.@Nullable Anonymous limits;

	private @Nullable Future<?> timer;

	private boolean passed;

	LoginDeadline(SessionHandler handler, IrpcSession session, IrpcConnection connection,
			SessionLimits.@Nullable Anonymous limits) {
		this.handler = handler;
		this.session = session;
		this.connection = connection;
		this.limits = limits;
	}

	/**
	 * Begin again where the session is anonymous, end otherwise.
	 */
	void restart() {
		cancel();
		this.passed = false;
		if (this.limits != null && this.session.user() == null) {
			this.timer = this.connection.schedule(this::pass, this.limits.loginTimeout());
		}
	}

	void cancel() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	/**
	 * End the session if its time has passed.
	 */
	void check() {
		if (this.limits != null && this.passed && this.session.user() == null && !this.session.isHeld()) {
			this.handler.end(new LimitException(Limit.LOGIN_TIME, ErrorCode.UNAUTHENTICATED,
					"No login within " + this.limits.loginTimeout().toSeconds() + " s"));
		}
	}

	private void pass() {
		this.passed = true;
		check();
	}

}
