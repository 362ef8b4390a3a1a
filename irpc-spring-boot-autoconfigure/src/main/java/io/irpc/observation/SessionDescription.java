package io.irpc.observation;

import java.util.Objects;

import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * What is told of the commands of a session.
 *
 * @param user the name of its user
 * @param peer the name of its peer
 * @param values the key values
 */
record SessionDescription(@Nullable String user, @Nullable String peer, KeyValues values) {

	boolean isOf(@Nullable String otherUser, @Nullable String otherPeer) {
		return Objects.equals(this.user, otherUser) && Objects.equals(this.peer, otherPeer);
	}

}
