package io.irpc.event;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.JournalEntry;
import io.irpc.payload.PayloadConverter;

/**
 * The selections of all live subscriptions, equal ones made one. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class Selections {

	private final Map<Selection, Shared> shared = new HashMap<>();

	private final PayloadConverter converter;

	/**
	 * Create an instance without selections.
	 * @param converter converts what filters look at
	 */
	public Selections(PayloadConverter converter) {
		this.converter = converter;
	}

	/**
	 * Take part in a selection.
	 * @param wanted the selection
	 * @return the one that all equal ones share
	 */
	synchronized Selection acquire(Selection wanted) {
		Shared found = this.shared.computeIfAbsent(wanted, Shared::new);
		found.count++;
		return found.selection;
	}

	synchronized void release(Selection selection) {
		Shared found = this.shared.get(selection);
		if (found != null && --found.count == 0) {
			this.shared.remove(selection);
		}
	}

	/**
	 * Select of some entries for one subscription.
	 * @param selection the selection
	 * @param entries the entries
	 * @return what it gets
	 */
	List<Selected> select(Selection selection, List<JournalEntry> entries) {
		return selection.select(entries, this.converter);
	}

	/**
	 * Select of some entries for all subscriptions.
	 * @param entries the entries, in order
	 * @return what they get
	 */
	@SuppressWarnings("IdentityHashMapUsage")
	EventBatch selectAll(List<JournalEntry> entries) {
		Map<Selection, List<Selected>> selected = new IdentityHashMap<>();
		for (Selection selection : current()) {
			selected.put(selection, select(selection, entries));
		}
		return new EventBatch(entries.get(entries.size() - 1).position(), selected);
	}

	private synchronized List<Selection> current() {
		return List.copyOf(this.shared.keySet());
	}

	private static final class Shared {

		private final Selection selection;

		private int count;

		Shared(Selection selection) {
			this.selection = selection;
		}

	}

}
