package io.irpc.fault;

import java.util.List;

import io.irpc.fault.HandlingLog.Kind;
import io.irpc.fault.HandlingLog.Line;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what a subscription that is not durable has handled. It begins anew in each
 * process; within one it handles the journal in order and nothing twice, and where
 * something is missing it was told of a gap.
 */
final class TransientCheck {

	private final JournalIndex journal;

	private @Nullable Integer expected;

	private boolean gap;

	private int deliveries;

	private int missing;

	private int gaps;

	TransientCheck(JournalIndex journal) {
		this.journal = journal;
	}

	/**
	 * Check all lines of a log.
	 * @param lines the lines
	 * @throws AssertionError if something is wrong
	 */
	void check(List<Line> lines) {
		for (Line line : lines) {
			if (line.kind() == Kind.CLIENT_STARTED) {
				this.expected = null;
			}
			else if (line.kind() == Kind.TRANSIENT_GAP) {
				this.gap = true;
				this.gaps++;
			}
			else if (line.kind() == Kind.TRANSIENT) {
				handle(line);
			}
		}
	}

	private void handle(Line line) {
		int index = this.journal.of(line);
		if (this.expected != null) {
			assertThat(index).as("index of " + line).isGreaterThanOrEqualTo(this.expected);
			assertThat(index == this.expected || this.gap).as("is told before %s that events are missing", line)
				.isTrue();
			this.missing += index - this.expected;
		}
		this.gap = false;
		this.expected = index + 1;
		this.deliveries++;
	}

	@Override
	public String toString() {
		return "not durable: " + this.deliveries + " events handled, " + this.missing + " missing within "
				+ "processes, " + this.gaps + " gaps told";
	}

}
