package io.irpc.security.pairing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Issues the codes that clients are paired with (protocol §1). Each is good for one
 * client and a short time; only hashes of them are kept, in memory. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class PairingCodes {

	/**
	 * How many codes there may be at once; with one more, the oldest is revoked.
	 */
	public static final int MAX_CODES = 100;

	// without those that are read or typed for one another
	private static final String ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz";

	private static final int GROUPS = 4;

	private static final int GROUP_LENGTH = 4;

	private static final int MAX_LENGTH = 64;

	private final SecureRandom random = new SecureRandom();

	private final Deque<Code> codes = new ArrayDeque<>();

	private final Duration validity;

	private final InstantSource clock;

	/**
	 * Create an instance without codes.
	 * @param validity how long each code is good
	 * @param clock tells the time
	 */
	public PairingCodes(Duration validity, InstantSource clock) {
		this.validity = validity;
		this.clock = clock;
	}

	/**
	 * Issue a code.
	 * @return 80 random bits as four groups of letters and digits, good in a URI
	 */
	public String issue() {
		StringBuilder code = new StringBuilder();
		for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
			code.append((i > 0 && i % GROUP_LENGTH == 0) ? "-" : "")
				.append(ALPHABET.charAt(this.random.nextInt(ALPHABET.length())));
		}
		synchronized (this) {
			if (this.codes.size() >= MAX_CODES) {
				this.codes.removeFirst();
			}
			this.codes.add(new Code(digest(code.toString()), this.clock.instant().plus(this.validity)));
		}
		return code.toString();
	}

	/**
	 * Revoke all codes that have not been used yet.
	 */
	public synchronized void revoke() {
		this.codes.clear();
	}

	/**
	 * Use a code up.
	 * @param code what a client has sent; case and dashes do not matter
	 * @return whether it was good
	 */
	synchronized boolean redeem(String code) {
		Instant now = this.clock.instant();
		this.codes.removeIf((known) -> !now.isBefore(known.expiry()));
		String digest = digest(code.substring(0, Math.min(code.length(), MAX_LENGTH)));
		return this.codes.removeIf((known) -> Digest.matches(known.digest(), digest));
	}

	private static String digest(String code) {
		return Digest.of(code.replace("-", "").toLowerCase(Locale.ROOT));
	}

	private record Code(String digest, Instant expiry) {

	}

}
