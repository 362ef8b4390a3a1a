package io.irpc.fault;

import java.util.List;

import io.irpc.fault.HandlingLog.Line;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what a durable subscription has handled, by several processes one after the
 * other.
 * <p>
 * Each process handles a part of the journal without a hole, and nothing twice. It begins
 * at the latest behind the last event that any process before has handled: so together
 * they have handled everything, for the first time in its order. What it handles again
 * was not acknowledged: it is behind the cursor that was stored when the process was
 * started, and not more than a window, as the server never has more firings unanswered.
 * There may be more only if the daemon was killed together with acknowledgements that it
 * had not stored yet, and no client has subscribed again since, which stores its cursor:
 * it has if it has handled more events since than a window.
 */
final class DurableCheck {

	private final JournalIndex journal;

	private long stored;

	private int handled;

	private int expected;

	private int handledSinceKill = Integer.MAX_VALUE;

	private boolean first;

	private int deliveries;

	private int repeats;

	private int mostRepeats;

	DurableCheck(JournalIndex journal) {
		this.journal = journal;
	}

	/**
	 * Check all lines of a log.
	 * @param lines the lines
	 * @throws AssertionError if something is wrong
	 */
	void check(List<Line> lines) {
		for (Line line : lines) {
			switch (line.kind()) {
				case CLIENT_STARTED -> {
					this.stored = line.cursor();
					this.first = true;
				}
				case DAEMON_KILLED -> {
					this.handledSinceKill = 0;
				}
				case DURABLE -> handle(line);
				case DURABLE_GAP -> throw new AssertionError("Nothing may be missing: " + line);
				default -> {
				}
			}
		}
		assertThat(this.handled).as("events handled").isEqualTo(this.journal.size());
	}

	private void handle(Line line) {
		int index = this.journal.of(line);
		if (this.first) {
			checkFirst(line, index);
			this.first = false;
		}
		else {
			assertThat(index).as("index of " + line).isEqualTo(this.expected);
		}
		this.deliveries++;
		this.expected = index + 1;
		this.handled = Math.max(this.handled, this.expected);
		if (this.handledSinceKill < Integer.MAX_VALUE) {
			this.handledSinceKill++;
		}
	}

	private void checkFirst(Line line, int index) {
		int repeated = this.handled - index;
		assertThat(line.cursor()).as("first cursor of a process").isGreaterThan(this.stored);
		assertThat(repeated).as("events handled again from %s on", line).isNotNegative();
		if (this.handledSinceKill > FaultClient.WINDOW) {
			assertThat(repeated).as("events handled again from %s on", line).isLessThanOrEqualTo(FaultClient.WINDOW);
		}
		this.repeats += repeated;
		this.mostRepeats = Math.max(this.mostRepeats, repeated);
	}

	@Override
	public String toString() {
		return "durable: " + this.handled + " events handled, with " + this.repeats + " repeats in " + this.deliveries
				+ " deliveries, at most " + this.mostRepeats + " at once";
	}

}
