package io.irpc.session;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the peer has said of itself by {@code identify} (protocol §6).
 *
 * @param name its name, for people; printable characters only
 * @param features the features of version 1.1 that both ends speak
 * @param maxMessageLength length in bytes of the longest line that it accepts,
 * {@code null} if it does not say
 * @since 0.1.0
 */
public record PeerIdentity(String name, Set<String> features, @Nullable Integer maxMessageLength) {

	/**
	 * The feature by which errors are objects with a code.
	 */
	public static final String ERRORS = "errors";

	/**
	 * A peer that has not identified itself: it speaks the base protocol only.
	 */
	public static final PeerIdentity BASE = new PeerIdentity("", Set.of(), null);

	/**
	 * Return whether both ends speak a feature.
	 * @param feature the name of the feature
	 * @return {@code true} if it may be used
	 */
	public boolean supports(String feature) {
		return this.features.contains(feature);
	}

}
