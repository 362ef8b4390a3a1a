package io.irpc.security;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the logins of one user from one address are checked, so that guessing many
 * at once does not escape the delay (protocol §8). Safe for use by many threads.
 */
final class LoginTurns {

	/**
	 * The first checks of those who have no failures yet: the others wait for the
	 * outcome.
	 */
	private final Map<LoginThrottle.Key, CompletableFuture<@Nullable Void>> firstChecks = new ConcurrentHashMap<>();

	private final LoginThrottle throttle;

	private final LoginPool pool;

	private final LoginCounts counts;

	LoginTurns(LoginThrottle throttle, LoginPool pool, LoginCounts counts) {
		this.throttle = throttle;
		this.pool = pool;
		this.counts = counts;
	}

	/**
	 * Have a login checked when its turn comes.
	 * @param key whose login
	 * @param check checks it, on a thread that may block
	 * @param login completed when it is answered; with an {@link IrpcException} if too
	 * many wait
	 */
	void take(LoginThrottle.Key key, Runnable check, CompletableFuture<Boolean> login) {
		CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> first = this.firstChecks.putIfAbsent(key, mine);
		if (first == null) {
			mine.whenComplete((done, ex) -> this.firstChecks.remove(key, mine));
			login.whenComplete((accepted, ex) -> mine.complete(null));
			schedule(key, () -> {
				check.run();
				mine.complete(null);
			}, login);
		}
		else if (this.throttle.isKnown(key)) {
			schedule(key, check, login);
		}
		else {
			first.whenComplete((done, ex) -> schedule(key, check, login));
		}
	}

	void failed(LoginThrottle.Key key) {
		this.throttle.failed(key);
	}

	void succeeded(LoginThrottle.Key key) {
		this.throttle.succeeded(key);
	}

	private void schedule(LoginThrottle.Key key, Runnable check, CompletableFuture<Boolean> login) {
		try {
			Duration delay = this.throttle.reserve(key);
			if (!delay.isZero()) {
				this.counts.addDelayed();
			}
			this.pool.check(check, delay);
		}
		catch (IrpcException ex) {
			login.completeExceptionally(ex);
		}
	}

}
