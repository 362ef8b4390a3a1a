package io.irpc.session;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while what has become of the calls of sessions that are lost (protocol
 * §6, feature {@code outcome}). Safe for use by many threads.
 */
final class OutcomeRegistry {

	private static final int TOKEN_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, OutcomeLog> logs = new ConcurrentHashMap<>();

	/**
	 * What has ended, the oldest first.
	 */
	private final Deque<Ended> ended = new ArrayDeque<>();

	private final Map<String, Long> sizes = new HashMap<>();

	private final OutcomeLimits limits;

	private final MemoryBudget memory;

	private final LongSupplier clock;

	/**
	 * Create an empty registry.
	 * @param limits how much to remember
	 * @param memory what all sessions together may hold
	 * @param clock the time in nanoseconds
	 */
	OutcomeRegistry(OutcomeLimits limits, MemoryBudget memory, LongSupplier clock) {
		this.limits = limits;
		this.memory = memory;
		this.clock = clock;
	}

	/**
	 * Begin to remember the calls of a session.
	 * @param session the session
	 * @return the log of its calls
	 */
	OutcomeLog open(SessionHandler session) {
		byte[] token = new byte[TOKEN_BYTES];
		this.random.nextBytes(token);
		OutcomeLog log = new OutcomeLog(HexFormat.of().formatHex(token), session, this.limits.maxSize());
		this.logs.put(log.token(), log);
		return log;
	}

	/**
	 * Find the log of a session, which may have ended.
	 * @param token the name of the log
	 * @return the log, {@code null} if there is none any more
	 */
	@Nullable OutcomeLog find(String token) {
		synchronized (this) {
			expire();
		}
		return this.logs.get(token);
	}

	/**
	 * Know that a session has ended.
	 * @param log its log
	 * @param user its last user, {@code null} for none
	 */
	@SuppressWarnings("ReferenceEquality")
	synchronized void closed(OutcomeLog log, @Nullable SessionUser user) {
		expire();
		Ended last = new Ended(log, String.valueOf(Outcome.name(user)), log.size(),
				this.clock.getAsLong() + this.limits.retention().toNanos());
		this.ended.add(last);
		this.memory.hold(last.size());
		long size = this.sizes.merge(last.user(), last.size(), Long::sum);
		Iterator<Ended> oldest = this.ended.iterator();
		while (size > this.limits.maxSize() && oldest.hasNext()) {
			Ended candidate = oldest.next();
			if (candidate.user().equals(last.user()) && candidate != last) {
				oldest.remove();
				forget(candidate);
				size -= candidate.size();
			}
		}
	}

	private void expire() {
		long now = this.clock.getAsLong();
		for (Ended oldest = this.ended.peek(); oldest != null; oldest = this.ended.peek()) {
			if (now - oldest.deadline() < 0 && !this.memory.isScarce()) {
				return;
			}
			this.ended.remove();
			forget(oldest);
		}
	}

	private void forget(Ended forgotten) {
		this.logs.remove(forgotten.log().token());
		this.memory.release(forgotten.size());
		this.sizes.computeIfPresent(forgotten.user(),
				(user, size) -> (size > forgotten.size()) ? size - forgotten.size() : null);
	}

	private record Ended(OutcomeLog log, String user, long size, long deadline) {

	}

}
