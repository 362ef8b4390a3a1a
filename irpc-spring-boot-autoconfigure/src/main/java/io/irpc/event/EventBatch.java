package io.irpc.event;

import java.util.List;
import java.util.Map;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.Position;
import org.jspecify.annotations.Nullable;

/**
 * New entries of the journal on their way to all sessions, selected once.
 *
 * @param newest the position of the newest entry
 * @param selected what was selected, by shared selection
 */
record EventBatch(Position newest, Map<Selection, List<Selected>> selected) {

	/**
	 * Return what a subscription gets.
	 * @param selection its shared selection
	 * @return the entries, {@code null} if it has to read them from the journal, as it is
	 * newer than the batch or entries before are gone
	 */
	@Nullable List<Selected> of(Selection selection) {
		return this.selected.get(selection);
	}

}
