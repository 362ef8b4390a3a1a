package io.irpc.fault;

import java.util.HashMap;
import java.util.Map;

import io.irpc.fault.HandlingLog.Line;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts the events of the journal, in order: what was committed, each once.
 */
final class JournalIndex {

	private final Truth truth;

	private final Map<Long, Integer> indices = new HashMap<>();

	/**
	 * Create an index.
	 * @param truth the journal, and what was committed
	 * @throws AssertionError if the journal has something else, or not in the order of
	 * each writer
	 */
	JournalIndex(Truth truth) {
		this.truth = truth;
		assertThat(truth.journal().stream().map(Truth.Entry::event)).as("events in the journal")
			.doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(truth.rows());
		Map<Integer, Long> last = new HashMap<>();
		truth.journal().forEach((entry) -> {
			NumberedEvent event = entry.event();
			assertThat(event.number()).as("number of " + event).isGreaterThan(last.getOrDefault(event.writer(), -1L));
			last.put(event.writer(), event.number());
			this.indices.put(entry.position(), this.indices.size());
		});
	}

	int size() {
		return this.indices.size();
	}

	/**
	 * Return which event of the journal was handled.
	 * @param line the line of the log
	 * @return the number of events before it in the journal
	 * @throws AssertionError if the journal has no such event there
	 */
	int of(Line line) {
		assertThat(this.indices).as("positions, with that of " + line).containsKey(line.cursor());
		int index = this.indices.getOrDefault(line.cursor(), 0);
		assertThat(this.truth.journal().get(index).event()).as("event of " + line).isEqualTo(line.event());
		return index;
	}

}
