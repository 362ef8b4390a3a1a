package io.irpc.event;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.journal.PositionExpiredException;
import io.irpc.payload.PayloadConverter;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks over the entries of a selection without sending them, for {@code peek} (protocol
 * §5.2).
 */
final class EventDigest {

	private static final int READ_LIMIT = 256;

	private static final int MAX_GROUPS = 32;

	private final SubscriptionEnvironment environment;

	private final Selection selection;

	private final PayloadConverter converter;

	private final @Nullable String[] by;

	private final Map<String, Long> groups = new TreeMap<>();

	private long otherGroups;

	private long count;

	private long bytes;

	private @Nullable JournalEntry oldest;

	private @Nullable JournalEntry newest;

	EventDigest(SubscriptionEnvironment environment, Selection selection, @Nullable String by,
			PayloadConverter converter) {
		this.environment = environment;
		this.selection = selection;
		this.converter = converter;
		this.by = (by != null) ? by.split("\\.", -1) : new String[0];
	}

	/**
	 * Look over everything behind a place. Reads the journal, so it may block.
	 * @param start the place
	 * @param session for whom; when it is closed, the rest is left out
	 * @return the answer
	 */
	Map<String, Object> over(StartPosition start, IrpcSession session) {
		Position from = start.position();
		boolean truncated = start.truncated();
		Position position = from;
		boolean complete = false;
		while (!complete && !session.whenClosed().isDone()) {
			try {
				JournalPage page = this.environment.journal().read(position, this.selection.type().name(), READ_LIMIT);
				this.environment.selections().select(this.selection, page.entries()).forEach(this::add);
				position = page.end();
				complete = page.complete();
			}
			catch (PositionExpiredException ex) {
				// what goes while it is looked over cannot be had any more
				from = ex.oldest();
				position = from;
				truncated = true;
				clear();
			}
		}
		return answer(from, position, truncated);
	}

	private void add(Selected selected) {
		this.count++;
		this.bytes += selected.encoded().length();
		this.newest = selected.entry();
		if (this.oldest == null) {
			this.oldest = selected.entry();
		}
		if (this.by.length > 0) {
			String group = group(selected);
			if (this.groups.containsKey(group) || this.groups.size() < MAX_GROUPS) {
				this.groups.merge(group, 1L, Long::sum);
			}
			else {
				this.otherGroups++;
			}
		}
	}

	private void clear() {
		this.count = 0;
		this.bytes = 0;
		this.oldest = null;
		this.newest = null;
		this.groups.clear();
		this.otherGroups = 0;
	}

	private String group(Selected selected) {
		JsonNode value = this.converter.read(selected.shown(), JsonNode.class);
		for (String name : this.by) {
			value = (value != null) ? value.get(name) : null;
		}
		if (value == null) {
			return "null";
		}
		return value.isString() ? value.stringValue() : value.toString();
	}

	private Map<String, Object> answer(Position from, Position to, boolean truncated) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("count", this.count);
		answer.put("bytes", this.bytes);
		if (this.oldest != null && this.newest != null) {
			answer.put("oldest", this.oldest.time());
			answer.put("newest", this.newest.time());
		}
		if (this.by.length > 0) {
			answer.put("by", sortedGroups());
		}
		if (this.otherGroups > 0) {
			answer.put("otherGroups", this.otherGroups);
		}
		answer.put("from", from.toString());
		answer.put("to", to.toString());
		answer.put("truncated", truncated);
		return answer;
	}

	private Map<String, Long> sortedGroups() {
		Map<String, Long> sorted = new LinkedHashMap<>();
		List<Map.Entry<String, Long>> entries = this.groups.entrySet()
			.stream()
			.sorted(Collections.reverseOrder(Comparator.comparing(Map.Entry::getValue)))
			.toList();
		entries.forEach((entry) -> sorted.put(entry.getKey(), entry.getValue()));
		return sorted;
	}

}
