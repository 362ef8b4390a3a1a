package io.irpc.security;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how checks of credentials end. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LoginCounts {

	private final LongAdder accepted = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder delayed = new LongAdder();

	/**
	 * Return how often a session was given to a user.
	 * @return the number of logins that were accepted
	 */
	public long accepted() {
		return this.accepted.sum();
	}

	/**
	 * Return how often credentials were refused.
	 * @return the number, wrong passwords at a change of the password and wrong pairing
	 * codes included
	 */
	public long refused() {
		return this.refused.sum();
	}

	/**
	 * Return how often credentials could not be checked, as what knows them did not
	 * answer.
	 * @return the number
	 */
	public long failed() {
		return this.failed.sum();
	}

	/**
	 * Return how many checks had to wait, as those before of the same user from the same
	 * address had failed (protocol §8).
	 * @return the number
	 */
	public long delayed() {
		return this.delayed.sum();
	}

	void addAccepted() {
		this.accepted.increment();
	}

	void addRefused() {
		this.refused.increment();
	}

	void addFailed() {
		this.failed.increment();
	}

	void addDelayed() {
		this.delayed.increment();
	}

}
