package io.irpc.event;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.payload.MemberVisibility;
import io.irpc.payload.Payload;

/**
 * Shows the entries of one event to users who may not see all of it, computed once for
 * all who lack the same authorities. Safe for use by many threads.
 */
final class EventView {

	private static final int MAX_BYTES = 1024 * 1024;

	private final MemberVisibility visibility;

	private final Map<Key, Payload> recent = new LinkedHashMap<>();

	private int bytes;

	EventView(MemberVisibility visibility) {
		this.visibility = visibility;
	}

	Payload write(Object event) {
		return this.visibility.write(event);
	}

	boolean isVisible(String member, Set<String> authorities) {
		return this.visibility.isVisible(member, authorities);
	}

	Payload show(JournalEntry entry, Set<String> authorities) {
		Set<String> missing = this.visibility.missing(authorities);
		return missing.isEmpty() ? entry.arguments() : show(new Key(entry.position(), missing), entry, authorities);
	}

	private synchronized Payload show(Key key, JournalEntry entry, Set<String> authorities) {
		Payload known = this.recent.get(key);
		if (known == null) {
			known = this.visibility.show(entry.arguments(), authorities);
			this.recent.put(key, known);
			this.bytes += known.length();
			forgetOldest();
		}
		return known;
	}

	private void forgetOldest() {
		Iterator<Payload> oldest = this.recent.values().iterator();
		while (this.bytes > MAX_BYTES && oldest.hasNext()) {
			this.bytes -= oldest.next().length();
			oldest.remove();
		}
	}

	/**
	 * What a payload depends on.
	 *
	 * @param position the entry
	 * @param missing the authorities that somebody lacks
	 */
	private record Key(Position position, Set<String> missing) {

	}

}
