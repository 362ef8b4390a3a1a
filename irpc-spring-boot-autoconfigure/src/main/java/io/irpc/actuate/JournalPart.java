package io.irpc.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalFigures;
import io.irpc.journal.Retention;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Tells what the journal of events holds.
 *
 * @since 0.1.0
 */
public final class JournalPart implements EndpointPart {

	static final String NAME = "journal";

	private final EventJournal journal;

	private final String type;

	private final @Nullable Retention retention;

	/**
	 * Create a part.
	 * @param journal the journal
	 * @param type where it keeps events, in a word
	 * @param retention what it keeps, {@code null} if that is unknown
	 */
	public JournalPart(EventJournal journal, String type, @Nullable Retention retention) {
		this.journal = journal;
		this.type = type;
		this.retention = retention;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, Object> summary() {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("type", this.type);
		result.put("head", this.journal.head().toString());
		return result;
	}

	@Override
	public OperationResponseBody read(Disclosure disclosure) {
		JournalFigures figures = this.journal.figures();
		Instant oldest = figures.oldest();
		return new Journal(this.type, figures.head().toString(), this.journal.oldest().toString(), figures.entries(),
				figures.bytes(), (oldest != null) ? oldest.truncatedTo(ChronoUnit.MILLIS) : null,
				(this.retention != null) ? Kept.of(this.retention) : null);
	}

	/**
	 * What is told of a journal.
	 *
	 * @param type where it keeps events
	 * @param head the cursor of the newest event
	 * @param oldest the cursor right before the oldest event that is kept
	 * @param events how many events it holds
	 * @param bytes how many bytes their arguments have, {@code null} if that is unknown
	 * @param oldestTime when the oldest event that is kept was raised, {@code null} if
	 * there is none
	 * @param retention what it keeps, {@code null} if that is unknown
	 */
	record Journal(String type, String head, String oldest, long events, @Nullable Long bytes,
			@Nullable Instant oldestTime, @Nullable Kept retention) implements OperationResponseBody {

	}

	/**
	 * What a journal keeps at the most.
	 *
	 * @param maxEvents how many events
	 * @param maxBytes how many bytes of arguments
	 * @param maxAge up to which age
	 */
	record Kept(int maxEvents, long maxBytes, Duration maxAge) {

		static Kept of(Retention retention) {
			return new Kept(retention.maxEvents(), retention.maxBytes(), retention.maxAge());
		}

	}

}
