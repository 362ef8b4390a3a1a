package io.irpc.client;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a subscription would replay (protocol §5.2, {@code peek}).
 *
 * @param count how many events
 * @param bytes about how many bytes
 * @param oldest when the first one was raised, {@code null} for none
 * @param newest when the last one was raised, {@code null} for none
 * @param by how many events there are of each value asked for, empty if none was
 * @param from the cursor to ask for to get all of them, {@code null} if the server does
 * not tell
 * @param to the cursor of the last one, {@code null} if the server does not tell
 * @param truncated whether some of what was asked for is not in the journal any more
 * @param stored whether the server has a cursor of the durable subscription of that name
 * @since 0.1.0
 */
public record EventSummary(long count, long bytes, @Nullable Instant oldest, @Nullable Instant newest,
		Map<String, Long> by, @Nullable String from, @Nullable String to, boolean truncated, boolean stored) {

	/**
	 * Create a summary.
	 */
	public EventSummary {
		by = (by != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(by)) : Map.of();
	}

}
