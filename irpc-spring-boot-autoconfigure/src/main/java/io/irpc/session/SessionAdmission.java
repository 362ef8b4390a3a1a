package io.irpc.session;

import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import org.jspecify.annotations.Nullable;

/**
 * Decides which connections become sessions, by how many there are (protocol §8). Safe
 * for use by many threads.
 */
final class SessionAdmission {

	/**
	 * The share of the sessions that have not logged in from which on some are refused.
	 */
	private static final double REFUSED_FROM = 0.1;

	private final SessionLimits limits;

	private final DoubleSupplier random;

	private final Map<AddressKey, Counts> addresses = new HashMap<>();

	private final Counts total = new Counts();

	/**
	 * Create an admission without sessions.
	 * @param limits the limits
	 * @param random makes numbers from 0 (inclusive) to 1
	 */
	SessionAdmission(SessionLimits limits, DoubleSupplier random) {
		this.limits = limits;
		this.random = random;
	}

	/**
	 * Take in a session.
	 * @param address the address of the peer
	 * @return the place of the session
	 * @throws LimitException if there is none
	 */
	synchronized Place admit(@Nullable SocketAddress address) {
		AddressKey key = AddressKey.of(address);
		Counts ofAddress = this.addresses.getOrDefault(key, new Counts());
		check(Limit.SESSIONS, this.total.all, this.limits.maxSessions());
		check(Limit.SESSIONS_PER_ADDRESS, ofAddress.all, this.limits.maxSessionsPerAddress());
		SessionLimits.Anonymous anonymous = this.limits.anonymous();
		if (anonymous != null) {
			check(Limit.ANONYMOUS_SESSIONS, this.total.anonymous, anonymous.maxSessions());
			check(Limit.ANONYMOUS_SESSIONS_PER_ADDRESS, ofAddress.anonymous, anonymous.maxSessionsPerAddress());
			if (this.random.getAsDouble() < refused((double) this.total.anonymous / anonymous.maxSessions())) {
				throw refusal(Limit.ANONYMOUS_SESSIONS, "Too many sessions have not logged in, try again");
			}
		}
		this.addresses.put(key, ofAddress);
		this.total.all++;
		ofAddress.all++;
		Place place = new Place(key, ofAddress);
		place.count(1);
		return place;
	}

	private static void check(Limit limit, int count, int max) {
		if (count >= max) {
			throw refusal(limit, "Too many sessions (" + limit.key() + ", expected: <= " + max + ")");
		}
	}

	private static double refused(double share) {
		return Math.max(0, (share - REFUSED_FROM) / (1 - REFUSED_FROM));
	}

	private static LimitException refusal(Limit limit, String message) {
		return new LimitException(limit, ErrorCode.UNAVAILABLE, message);
	}

	private static final class Counts {

		private int all;

		private int anonymous;

	}

	/**
	 * The place of one session.
	 */
	final class Place {

		private final AddressKey key;

		private final Counts ofAddress;

		private boolean anonymous = true;

		private boolean released;

		private Place(AddressKey key, Counts ofAddress) {
			this.key = key;
			this.ofAddress = ofAddress;
		}

		/**
		 * Count the session among the anonymous ones or not.
		 * @param user the user, {@code null} for an anonymous session
		 */
		void userChanged(@Nullable SessionUser user) {
			synchronized (SessionAdmission.this) {
				if (!this.released && this.anonymous != (user == null)) {
					this.anonymous = user == null;
					count(this.anonymous ? 1 : -1);
				}
			}
		}

		/**
		 * Give up the place.
		 */
		void release() {
			synchronized (SessionAdmission.this) {
				if (this.released) {
					return;
				}
				this.released = true;
				count(this.anonymous ? -1 : 0);
				SessionAdmission.this.total.all--;
				if (--this.ofAddress.all == 0) {
					SessionAdmission.this.addresses.remove(this.key);
				}
			}
		}

		private void count(int change) {
			SessionAdmission.this.total.anonymous += change;
			this.ofAddress.anonymous += change;
		}

	}

}
