package io.irpc.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalFigures;
import io.irpc.journal.Retention;
import io.irpc.protocol.LogSafe;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Tells what the journal of events holds.
 *
 * @since 0.1.0
 */
public final class JournalPart implements EndpointPart {

	static final String NAME = "journal";

	/**
	 * How long the journal may take to answer.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final EventJournal journal;

	private final String type;

	private final @Nullable Retention retention;

	private final JournalProbe<Journal> probe;

	/**
	 * Create a part.
	 * @param journal the journal
	 * @param type where it keeps events, in a word
	 * @param retention what it keeps, {@code null} if that is unknown
	 * @param executor asks the journal, which may block
	 */
	public JournalPart(EventJournal journal, String type, @Nullable Retention retention, Executor executor) {
		this.journal = journal;
		this.type = type;
		this.retention = retention;
		this.probe = new JournalProbe<>(this::describe, executor, PATIENCE);
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
		try {
			return this.probe.ask();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Silent(this.type, "Interrupted");
		}
		catch (Exception ex) {
			return new Silent(this.type, LogSafe.text(ex));
		}
	}

	private Journal describe() {
		JournalFigures figures = this.journal.figures();
		Instant oldest = figures.oldest();
		return new Journal(this.type, figures.head().toString(), this.journal.oldest().toString(), figures.entries(),
				figures.bytes(), (oldest != null) ? oldest.truncatedTo(ChronoUnit.MILLIS) : null,
				(this.retention != null) ? kept(this.retention, figures.bytes() != null) : null);
	}

	// what does not count bytes, such as a database, is not bounded by them
	private static Kept kept(Retention kept, boolean countsBytes) {
		return new Kept(kept.maxEvents(), countsBytes ? kept.maxBytes() : null, kept.maxAge());
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
	 * What is told of a journal that does not answer.
	 *
	 * @param type where it keeps events
	 * @param error why not
	 */
	record Silent(String type, String error) implements OperationResponseBody {

	}

	/**
	 * What a journal keeps at the most.
	 *
	 * @param maxEvents how many events
	 * @param maxBytes how many bytes of arguments, {@code null} for a database
	 * @param maxAge up to which age
	 */
	record Kept(int maxEvents, @Nullable Long maxBytes, Duration maxAge) {

	}

}
