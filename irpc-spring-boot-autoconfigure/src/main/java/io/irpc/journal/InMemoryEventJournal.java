package io.irpc.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A journal that ends with the process. Its positions begin with the time of its
 * creation, so that one of an earlier process is known to be gone.
 *
 * @since 0.1.0
 */
public final class InMemoryEventJournal implements EventJournal {

	private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

	private static final long POSITIONS_PER_SECOND = 1_000_000;

	private final ConcurrentNavigableMap<Position, JournalEntry> entries = new ConcurrentSkipListMap<>();

	private final Map<String, ConcurrentNavigableMap<Position, JournalEntry>> byEvent = new ConcurrentHashMap<>();

	private final List<Runnable> appendTasks = new CopyOnWriteArrayList<>();

	private final Retention retention;

	private final Clock clock;

	private int count;

	private long bytes;

	private Instant now;

	private volatile Position head;

	private volatile Removed removed;

	/**
	 * Create an empty journal.
	 * @param retention what it keeps
	 * @param clock tells the time of the entries
	 */
	public InMemoryEventJournal(Retention retention, Clock clock) {
		this.retention = retention;
		this.clock = clock;
		this.now = clock.instant();
		this.head = new Position(
				Math.max(0, this.now.getEpochSecond() - FIRST_DAY.getEpochSecond()) * POSITIONS_PER_SECOND);
		this.removed = new Removed(this.head, this.now);
	}

	@Override
	public void append(String event, Payload arguments, @Nullable String trace) {
		synchronized (this) {
			Instant time = this.clock.instant();
			// by time, entries are found as if they were sorted by it
			this.now = time.isAfter(this.now) ? time : this.now;
			JournalEntry entry = new JournalEntry(new Position(this.head.value() + 1), event, this.now, arguments,
					trace);
			this.byEvent.computeIfAbsent(event, (name) -> new ConcurrentSkipListMap<>()).put(entry.position(), entry);
			this.entries.put(entry.position(), entry);
			this.head = entry.position();
			this.count++;
			this.bytes += arguments.length();
			removeExpired();
		}
		this.appendTasks.forEach(Runnable::run);
	}

	@Override
	public JournalPage read(Position after, @Nullable String event, int limit) {
		Position end = head();
		boolean foreign = after.isAfter(end);
		NavigableMap<Position, JournalEntry> behind = foreign ? new ConcurrentSkipListMap<>()
				: of(event).subMap(after, false, end, true);
		JournalPage page = page(behind.values(), limit, end);
		Position oldest = oldest();
		if (foreign || oldest.isAfter(after)) {
			throw new PositionExpiredException(after, oldest);
		}
		return page;
	}

	@Override
	public JournalPage readBackwards(Position upTo, @Nullable String event, int limit) {
		JournalPage page = page(of(event).headMap(upTo, true).descendingMap().values(), limit, Position.START);
		return page.complete() ? page
				: new JournalPage(page.entries(), new Position(page.end().value() - 1), page.complete());
	}

	@Override
	public Position before(Instant time) {
		Removed gone = this.removed;
		if (!time.isAfter(gone.time()) && !gone.position().equals(Position.START)) {
			throw new PositionExpiredException(time, gone.position());
		}
		long low = gone.position().value();
		long high = head().value();
		while (low < high) {
			long middle = (low + high + 1) >>> 1;
			JournalEntry entry = this.entries.get(new Position(middle));
			// what is gone meanwhile is older than what was retained
			if (entry == null || entry.time().isBefore(time)) {
				low = middle;
			}
			else {
				high = middle - 1;
			}
		}
		return new Position(low);
	}

	@Override
	public Position oldest() {
		return this.removed.position();
	}

	@Override
	public Position head() {
		return this.head;
	}

	@Override
	public synchronized JournalFigures figures() {
		Map.Entry<Position, JournalEntry> first = this.entries.firstEntry();
		return new JournalFigures(this.head, this.count, this.bytes, (first != null) ? first.getValue().time() : null);
	}

	@Override
	public void onAppend(Runnable task) {
		this.appendTasks.add(task);
	}

	private ConcurrentNavigableMap<Position, JournalEntry> of(@Nullable String event) {
		return (event != null) ? this.byEvent.getOrDefault(event, new ConcurrentSkipListMap<>()) : this.entries;
	}

	private static JournalPage page(Collection<JournalEntry> from, int limit, Position end) {
		List<JournalEntry> result = new ArrayList<>();
		long length = 0;
		for (JournalEntry entry : from) {
			length += entry.arguments().length();
			if (result.size() == limit || (length > MAX_PAGE_BYTES && !result.isEmpty())) {
				return new JournalPage(result, result.get(result.size() - 1).position(), false);
			}
			result.add(entry);
		}
		return new JournalPage(result, end, true);
	}

	private void removeExpired() {
		Instant oldestTime = this.now.minus(this.retention.maxAge());
		Map.Entry<Position, JournalEntry> first = this.entries.firstEntry();
		while (first != null && (this.count > this.retention.maxEvents() || this.bytes > this.retention.maxBytes()
				|| first.getValue().time().isBefore(oldestTime))) {
			JournalEntry entry = first.getValue();
			// first told, then done: a reader that finds a gap must also find it told
			this.removed = new Removed(entry.position(), entry.time());
			this.entries.remove(entry.position());
			of(entry.event()).remove(entry.position());
			this.count--;
			this.bytes -= entry.arguments().length();
			first = this.entries.firstEntry();
		}
	}

	/**
	 * What is gone.
	 *
	 * @param position the last position
	 * @param time its time
	 */
	private record Removed(Position position, Instant time) {

	}

}
