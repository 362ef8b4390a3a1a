package io.irpc.payload;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

/**
 * Remembers the writers for those who read, as a user has the same authorities for many
 * values. Safe for use by many threads.
 */
final class AudienceWriters {

	private static final int SLOTS = 64;

	private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(SLOTS);

	private final ObjectWriter writer;

	AudienceWriters(ObjectWriter writer) {
		this.writer = writer;
	}

	/**
	 * Return the writer for those who have authorities.
	 * @param authorities the authorities, never changed
	 * @return the writer
	 */
	ObjectWriter of(Set<String> authorities) {
		int slot = System.identityHashCode(authorities) % SLOTS;
		Entry known = this.entries.get(slot);
		if (known != null && known.authorities == authorities) {
			return known.writer;
		}
		ObjectWriter created = this.writer.withAttribute(Audience.class, Audience.of(authorities));
		this.entries.set(slot, new Entry(authorities, created));
		return created;
	}

	private record Entry(Set<String> authorities, ObjectWriter writer) {

	}

}
