package io.irpc.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.journal.PositionExpiredException;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription begins (protocol §5.2).
 *
 * @param position the position before the first entry
 * @param truncated whether entries that were asked for are gone
 */
record StartPosition(Position position, boolean truncated) {

	private static final int READ_LIMIT = 256;

	/**
	 * Find the place that a request asks for. Reads the journal, so it may block.
	 * @param request the request
	 * @param stored the cursor that is remembered, {@code null} for none
	 * @param selection what is asked for
	 * @param environment what subscriptions work with
	 * @return the place, {@code null} if the request does not say
	 */
	static @Nullable StartPosition find(SubscriptionRequest request, @Nullable Position stored, Selection selection,
			SubscriptionEnvironment environment) {
		Integer last = request.last();
		if (last != null) {
			return new StartPosition(newest(last, selection, environment), false);
		}
		EventJournal journal = environment.journal();
		if (request.since() != null) {
			return at("since", request.since(), selection, journal);
		}
		if (request.resume() != null) {
			return resume(request.resume(), stored, selection, journal);
		}
		if (stored != null) {
			return behind(stored, selection, journal);
		}
		return (request.initial() != null) ? at("initial", request.initial(), selection, journal) : null;
	}

	// up to the later one everything is acknowledged, or was not selected
	private static StartPosition resume(String text, @Nullable Position stored, Selection selection,
			EventJournal journal) {
		Position cursor = Position.parse(text);
		if (cursor == null) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument resume: expected a cursor");
		}
		return behind((stored != null && stored.isAfter(cursor)) ? stored : cursor, selection, journal);
	}

	private static StartPosition at(String argument, String text, Selection selection, EventJournal journal) {
		Position cursor = Position.parse(text);
		if (cursor == null) {
			return at(instant(argument, text), journal);
		}
		return cursor.equals(Position.START) ? oldest(journal) : behind(cursor, selection, journal);
	}

	/**
	 * Return the place from which everything retained comes.
	 * @param journal the journal
	 * @return the place
	 */
	static StartPosition oldest(EventJournal journal) {
		return new StartPosition(journal.oldest(), false);
	}

	private static StartPosition at(Instant time, EventJournal journal) {
		try {
			return new StartPosition(journal.before(time), false);
		}
		catch (PositionExpiredException ex) {
			return new StartPosition(ex.oldest(), true);
		}
	}

	private static StartPosition behind(Position cursor, Selection selection, EventJournal journal) {
		try {
			journal.read(cursor, selection.type().name(), 1);
			return new StartPosition(cursor, false);
		}
		catch (PositionExpiredException ex) {
			return new StartPosition(ex.oldest(), true);
		}
	}

	private static Instant instant(String argument, String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeException ex) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT,
					"Argument " + argument + ": expected a cursor, or an instant such as \"2026-11-21T18:00:00Z\"", ex);
		}
	}

	private static Position newest(int count, Selection selection, SubscriptionEnvironment environment) {
		EventJournal journal = environment.journal();
		Position oldest = journal.oldest();
		int missing = count;
		Position upTo = journal.head();
		while (true) {
			JournalPage page = journal.readBackwards(upTo, selection.type().name(), READ_LIMIT);
			List<Selected> selected = environment.selections().select(selection, page.entries());
			if (selected.size() >= missing) {
				return new Position(selected.get(missing - 1).entry().position().value() - 1);
			}
			missing -= selected.size();
			if (page.complete()) {
				return oldest;
			}
			upTo = page.end();
		}
	}

}
