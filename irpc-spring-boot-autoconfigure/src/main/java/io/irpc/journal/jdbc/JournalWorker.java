package io.irpc.journal.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.irpc.journal.Position;

/**
 * Keeps the journal moving: hands out positions, learns of those that other instances
 * handed out, has removed what has expired.
 */
final class JournalWorker {

	// how late events can be whose instance died before it gave them positions
	private static final Duration LISTENING_INTERVAL = Duration.ofSeconds(5);

	private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(1);

	private static final String LOOK = "SELECT head, EXISTS (SELECT 1 FROM irpc_outbox) AS pending"
			+ " FROM irpc_journal WHERE id = 1";

	private final JournalDatabase database;

	private final Sequencer sequencer;

	private final ExpiredEntries expired;

	private final KnownHead head;

	private final JournalSignal signal;

	private final JdbcJournalSettings settings;

	private int appended;

	private Instant nextExpiry = Instant.MIN;

	JournalWorker(JournalDatabase database, KnownHead head, JournalSignal signal, JdbcJournalSettings settings) {
		this.database = database;
		this.sequencer = new Sequencer(database, signal, settings.clock());
		this.expired = new ExpiredEntries(database, settings.retention(), settings.clock());
		this.head = head;
		this.signal = signal;
		this.settings = settings;
	}

	/**
	 * Do the next part of what there is to do.
	 * @return how long to wait until the next time, zero if there is more to do
	 */
	synchronized Duration work() {
		boolean more = sequence();
		if (isExpiryDue()) {
			boolean moreExpired = this.expired.removeBatch();
			if (!moreExpired) {
				this.appended = 0;
				this.nextExpiry = this.settings.clock().instant().plus(EXPIRY_INTERVAL);
			}
			more |= moreExpired;
		}
		if (more) {
			return Duration.ZERO;
		}
		return this.signal.isHeard() ? LISTENING_INTERVAL : this.settings.pollInterval();
	}

	private boolean sequence() {
		Look look = Objects.requireNonNull(this.database.jdbc()
			.queryForObject(LOOK,
					(row, number) -> new Look(new Position(row.getLong("head")), row.getBoolean("pending"))));
		this.head.advance(look.head());
		if (!look.pending()) {
			return false;
		}
		Sequencer.Batch batch = this.sequencer.move();
		this.appended += batch.size();
		this.head.advance(batch.head());
		return batch.isFull();
	}

	private boolean isExpiryDue() {
		return this.appended >= Math.max(1, this.settings.retention().maxEvents() / 100)
				|| !this.settings.clock().instant().isBefore(this.nextExpiry);
	}

	private record Look(Position head, boolean pending) {

	}

}
