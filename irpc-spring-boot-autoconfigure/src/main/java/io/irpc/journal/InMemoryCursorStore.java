package io.irpc.journal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Cursors that end with the process, as the journal in memory does.
 *
 * @since 0.1.0
 */
public final class InMemoryCursorStore implements CursorStore {

	private final Map<Subscriber, Position> cursors = new ConcurrentHashMap<>();

	@Override
	public @Nullable Position find(Subscriber subscriber) {
		return this.cursors.get(subscriber);
	}

	@Override
	public void set(Subscriber subscriber, Position position) {
		this.cursors.put(subscriber, position);
	}

	@Override
	public void advance(Map<Subscriber, Position> advanced) {
		advanced.forEach((subscriber, position) -> this.cursors.computeIfPresent(subscriber,
				(key, known) -> position.isAfter(known) ? position : known));
	}

	@Override
	public void remove(Subscriber subscriber) {
		this.cursors.remove(subscriber);
	}

	@Override
	public int count(String user) {
		return (int) this.cursors.keySet().stream().filter((subscriber) -> subscriber.user().equals(user)).count();
	}

}
