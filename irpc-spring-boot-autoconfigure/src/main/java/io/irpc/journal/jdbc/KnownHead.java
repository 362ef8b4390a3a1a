package io.irpc.journal.jdbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.journal.Position;

/**
 * The newest position that this instance has seen committed in the database. Only
 * advances, and tells so.
 */
final class KnownHead {

	private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

	private final AtomicLong position;

	KnownHead(Position position) {
		this.position = new AtomicLong(position.value());
	}

	Position position() {
		return new Position(this.position.get());
	}

	void onAdvance(Runnable task) {
		this.tasks.add(task);
	}

	void advance(Position seen) {
		long before = this.position.getAndAccumulate(seen.value(), Math::max);
		if (seen.value() > before) {
			this.tasks.forEach(Runnable::run);
		}
	}

}
