package io.irpc.session;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all sessions together hold in memory (protocol §8). Beyond it the largest
 * anonymous sessions are ended, then the slowest of the others. Safe for use by many
 * threads.
 */
final class MemoryBudget {

	/**
	 * Sessions end until this share is free, so that it is not always the next byte that
	 * ends one.
	 */
	private static final int FREE_SHARE = 8;

	/**
	 * Sessions that hold less than this share do not end for what others have left
	 * behind.
	 */
	private static final int LARGE_SHARE = 256;

	private final AtomicLong used = new AtomicLong();

	/**
	 * What the running commands of sessions hold that have ended. Nothing but their end
	 * frees it: to end other sessions for it would hit the innocent.
	 */
	private final AtomicLong left = new AtomicLong();

	private final long max;

	private final Collection<? extends Holder> holders;

	/**
	 * Create a budget of which nothing is used.
	 * @param max how many bytes
	 * @param holders the sessions that hold them
	 */
	MemoryBudget(long max, Collection<? extends Holder> holders) {
		this.max = max;
		this.holders = holders;
	}

	/**
	 * Count what a session holds, however much it is. No lock of a session may be held.
	 * @param change the difference in bytes
	 */
	void add(long change) {
		this.used.addAndGet(change);
		if (change > 0 && used() > this.max) {
			reclaim();
		}
	}

	/**
	 * Count what a session asks for, unless there is not as much even after others have
	 * ended. No lock of a session may be held.
	 * @param bytes how many bytes
	 * @return whether they are counted
	 */
	boolean reserve(long bytes) {
		add(bytes);
		if (used() <= this.max) {
			return true;
		}
		release(bytes);
		return false;
	}

	/**
	 * Count what belongs to no session, for which no session is to end.
	 * @param bytes how many bytes
	 */
	void hold(long bytes) {
		this.used.addAndGet(bytes);
	}

	void release(long bytes) {
		this.used.addAndGet(-bytes);
	}

	/**
	 * Know that a session has ended and that its commands go on.
	 * @param bytes what they hold
	 */
	void leave(long bytes) {
		this.left.addAndGet(bytes);
		this.used.addAndGet(-bytes);
	}

	void releaseLeft(long bytes) {
		this.left.addAndGet(-bytes);
	}

	long used() {
		return this.used.get() + this.left.get();
	}

	/**
	 * Return whether it is time to send less, so that no session has to end.
	 * @return {@code true} if more than half of it is used
	 */
	boolean isScarce() {
		return used() > this.max / 2;
	}

	private synchronized void reclaim() {
		if (used() <= this.max) {
			return;
		}
		long target = this.max - this.max / FREE_SHARE;
		for (Candidate candidate : candidates()) {
			if (used() <= target) {
				return;
			}
			if (this.used.get() > this.max || candidate.held() > this.max / LARGE_SHARE) {
				candidate.holder().evict();
			}
		}
	}

	private List<Candidate> candidates() {
		// what is compared must not change meanwhile
		return this.holders.stream()
			.map(Candidate::of)
			.filter((candidate) -> candidate.held() > 0)
			.sorted(Candidate.FIRST_TO_GO)
			.toList();
	}

	/**
	 * A session that holds memory.
	 */
	interface Holder {

		boolean isAnonymous();

		/**
		 * Return what the session holds.
		 * @return the number of bytes
		 */
		long heldBytes();

		long unsentBytes();

		/**
		 * End the session: what it holds is released at once, except for the commands
		 * that run, which leave with it.
		 */
		void evict();

	}

	private record Candidate(Holder holder, boolean anonymous, long held, long unsent) {

		private static final Comparator<Candidate> FIRST_TO_GO = Comparator.comparing(Candidate::anonymous)
			.thenComparing(Candidate::slowness)
			.thenComparing(Candidate::held)
			.reversed();

		static Candidate of(Holder holder) {
			return new Candidate(holder, holder.isAnonymous(), holder.heldBytes(), holder.unsentBytes());
		}

		private long slowness() {
			return this.anonymous ? 0 : this.unsent;
		}

	}

}
