package io.irpc.security;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.irpc.session.AddressKey;
import org.jspecify.annotations.Nullable;

/**
 * Makes those wait whose logins failed, by user and address, longer each time but never
 * for good (protocol §8). Safe for use by many threads.
 */
final class LoginThrottle {

	private static final Duration MEMORY = Duration.ofHours(1);

	private final Map<Key, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
			return size() > LoginThrottle.this.settings.maxRemembered();
		}

	};

	private final LoginSettings settings;

	private final InstantSource clock;

	LoginThrottle(LoginSettings settings, InstantSource clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Return how long a login has to wait before it is checked.
	 * @param key whose login
	 * @return the time, zero for at once
	 */
	synchronized Duration delay(Key key) {
		Failures known = find(key);
		if (known == null) {
			return Duration.ZERO;
		}
		Duration delay = delay(known.count());
		Duration remaining = Duration.between(this.clock.instant(), known.last().plus(delay));
		if (remaining.isNegative()) {
			return Duration.ZERO;
		}
		// also where the clock was set back
		return (remaining.compareTo(delay) < 0) ? remaining : delay;
	}

	/**
	 * Take a turn: those who come at once are checked one after the other, none later
	 * than the longest delay.
	 * @param key whose login
	 * @return how long it has to wait
	 */
	synchronized Duration reserve(Key key) {
		Failures known = find(key);
		if (known == null) {
			return Duration.ZERO;
		}
		Instant now = this.clock.instant();
		Instant turn = now.plus(delay(key));
		if (known.nextTurn().isAfter(turn)) {
			Instant latest = now.plus(this.settings.maxDelay());
			turn = known.nextTurn().isBefore(latest) ? known.nextTurn() : latest;
		}
		this.failures.put(key, new Failures(known.count(), known.last(), turn.plus(delay(known.count()))));
		return Duration.between(now, turn);
	}

	synchronized boolean isKnown(Key key) {
		return find(key) != null;
	}

	private Duration delay(int count) {
		Duration delay = this.settings.initialDelay();
		Duration max = this.settings.maxDelay();
		for (int i = 1; i < count && delay.compareTo(max) < 0; i++) {
			delay = delay.multipliedBy(2);
		}
		return (delay.compareTo(max) < 0) ? delay : max;
	}

	synchronized void failed(Key key) {
		Failures known = find(key);
		Instant now = this.clock.instant();
		this.failures.put(key,
				(known != null) ? new Failures(known.count() + 1, now, known.nextTurn()) : new Failures(1, now, now));
	}

	synchronized void succeeded(Key key) {
		this.failures.remove(key);
	}

	private @Nullable Failures find(Key key) {
		Failures known = this.failures.get(key);
		boolean recent = known != null && known.last().plus(MEMORY).isAfter(this.clock.instant());
		return recent ? known : null;
	}

	/**
	 * Whose login.
	 *
	 * @param user the name given, whether or not there is such a user
	 * @param address where it comes from
	 */
	record Key(String user, AddressKey address) {

		private static final int MAX_USER_LENGTH = 128;

		static Key of(String user, @Nullable SocketAddress remote) {
			// made up by strangers, and remembered; many stores find a user by any
			// spelling
			String name = user.substring(0, Math.min(user.length(), MAX_USER_LENGTH)).strip().toLowerCase(Locale.ROOT);
			return new Key(name, AddressKey.of(remote));
		}

	}

	private record Failures(int count, Instant last, Instant nextTurn) {

	}

}
