package io.irpc.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.payload.Payload;

/**
 * A journal that ends with the process.
 *
 * @since 0.1.0
 */
public final class InMemoryEventJournal implements EventJournal {

	private final ConcurrentNavigableMap<Long, JournalEntry> entries = new ConcurrentSkipListMap<>();

	private final List<Runnable> appendTasks = new CopyOnWriteArrayList<>();

	private final Retention retention;

	private final Clock clock;

	private int count;

	private long bytes;

	private volatile long head;

	private volatile long removed;

	/**
	 * Create an empty journal.
	 * @param retention what it keeps
	 * @param clock tells the time of the entries
	 */
	public InMemoryEventJournal(Retention retention, Clock clock) {
		this.retention = retention;
		this.clock = clock;
	}

	@Override
	public Position append(String event, Payload arguments) {
		JournalEntry entry;
		synchronized (this) {
			entry = new JournalEntry(new Position(this.head + 1), event, this.clock.instant(), arguments);
			this.entries.put(entry.position().value(), entry);
			this.head = entry.position().value();
			this.count++;
			this.bytes += arguments.length();
			removeExpired(entry.time());
		}
		this.appendTasks.forEach(Runnable::run);
		return entry.position();
	}

	@Override
	public List<JournalEntry> read(Position after, int limit) {
		List<JournalEntry> result = this.entries.tailMap(after.value(), false).values().stream().limit(limit).toList();
		if (after.value() < this.removed) {
			throw new PositionExpiredException(after, new Position(this.removed));
		}
		return result;
	}

	@Override
	public Position head() {
		return new Position(this.head);
	}

	@Override
	public void onAppend(Runnable task) {
		this.appendTasks.add(task);
	}

	private void removeExpired(Instant now) {
		Instant oldestTime = now.minus(this.retention.maxAge());
		Map.Entry<Long, JournalEntry> first = this.entries.firstEntry();
		while (first != null && (this.count > this.retention.maxEvents() || this.bytes > this.retention.maxBytes()
				|| first.getValue().time().isBefore(oldestTime))) {
			// first told, then done: a reader that finds a gap must also find it told
			this.removed = first.getKey();
			this.entries.remove(first.getKey());
			this.count--;
			this.bytes -= first.getValue().arguments().length();
			first = this.entries.firstEntry();
		}
	}

}
