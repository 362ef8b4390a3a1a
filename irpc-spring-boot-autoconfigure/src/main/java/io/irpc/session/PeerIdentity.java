package io.irpc.session;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the peer has said of itself by {@code identify} (protocol §6).
 *
 * @param name its name, for people; printable characters only
 * @param release the version of the application that it is, for people; printable
 * characters only, {@code null} if it does not say
 * @param features the features of version 1.1 that both ends speak
 * @param maxMessageLength length in bytes of the longest line that it accepts,
 * {@code null} if it does not say
 * @param outcomeToken what it calls the session when it is asked for the outcome of
 * calls, {@code null} if it remembers none
 * @since 0.1.0
 */
public record PeerIdentity(String name, @Nullable String release, Set<String> features,
		@Nullable Integer maxMessageLength, @Nullable String outcomeToken) {

	/**
	 * The feature by which errors are objects with a code.
	 */
	public static final String ERRORS = "errors";

	/**
	 * The feature by which a call says how long its answer is waited for.
	 */
	public static final String DEADLINE = "deadline";

	/**
	 * The feature by which a command is ended early.
	 */
	public static final String CANCEL = "cancel";

	/**
	 * The feature by which a call has no response.
	 */
	public static final String ONEWAY = "oneway";

	/**
	 * The feature by which a value comes in many elements.
	 */
	public static final String STREAM = "stream";

	/**
	 * The feature by which calls belong to traces.
	 */
	public static final String TRACE = "trace";

	/**
	 * The feature by which a peer announces the end of a session.
	 */
	public static final String GOAWAY = "goaway";

	/**
	 * The feature by which no call is ambiguous after a cut.
	 */
	public static final String OUTCOME = "outcome";

	/**
	 * The feature by which the peers agree on the time between pings.
	 */
	public static final String KEEPALIVE = "keepalive";

	/**
	 * A peer that has not identified itself: it speaks the base protocol only.
	 */
	public static final PeerIdentity BASE = new PeerIdentity("", null, Set.of(), null, null);

	/**
	 * Return whether both ends speak a feature.
	 * @param feature the name of the feature
	 * @return {@code true} if it may be used
	 */
	public boolean supports(String feature) {
		return this.features.contains(feature);
	}

}
