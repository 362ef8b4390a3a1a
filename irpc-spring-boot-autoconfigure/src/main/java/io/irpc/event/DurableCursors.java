package io.irpc.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.irpc.journal.CursorStore;
import io.irpc.journal.CursorStore.Subscriber;
import io.irpc.journal.Position;
import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Writes the cursors of durable subscriptions in batches (protocol §5.2). What is
 * acknowledged is stored soon after, and at the stop at the latest. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class DurableCursors implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(DurableCursors.class);

	private static final Duration DELAY = Duration.ofMillis(50);

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final CursorStore store;

	private final Executor executor;

	private final int phase;

	// a write is not to bring back what is set or removed meanwhile
	private final Object writing = new Object();

	private Map<Subscriber, Position> advanced = new HashMap<>();

	private boolean scheduled;

	private volatile boolean running;

	/**
	 * Create an instance.
	 * @param store stores the cursors
	 * @param executor runs the store, which may block
	 * @param phase the phase of the lifecycle, before that of what acknowledges
	 */
	public DurableCursors(CursorStore store, Executor executor, int phase) {
		this.store = store;
		this.executor = executor;
		this.phase = phase;
	}

	/**
	 * Find the cursor of a subscriber. May block.
	 * @param subscriber the subscriber
	 * @return the position, {@code null} for an unknown subscriber
	 */
	@Nullable Position find(Subscriber subscriber) {
		write();
		return this.store.find(subscriber);
	}

	/**
	 * Set the cursor of a subscriber. May block.
	 * @param subscriber the subscriber
	 * @param position the position
	 */
	void set(Subscriber subscriber, Position position) {
		synchronized (this.writing) {
			forget(subscriber);
			this.store.set(subscriber, position);
		}
	}

	/**
	 * Remove a subscriber. May block.
	 * @param subscriber the subscriber
	 */
	void remove(Subscriber subscriber) {
		synchronized (this.writing) {
			forget(subscriber);
			this.store.remove(subscriber);
		}
	}

	int count(String user) {
		return this.store.count(user);
	}

	/**
	 * Return what moves the cursor of a subscriber forward.
	 * @param subscriber the subscriber
	 * @return stores positions soon after it is given them
	 */
	FiringOutlet.Acknowledgements of(Subscriber subscriber) {
		return new FiringOutlet.Acknowledgements() {

			@Override
			public boolean areRemembered() {
				return true;
			}

			@Override
			public void advance(Position position) {
				DurableCursors.this.advance(subscriber, position);
			}

		};
	}

	private synchronized void advance(Subscriber subscriber, Position position) {
		this.advanced.merge(subscriber, position, (known, next) -> next.isAfter(known) ? next : known);
		schedule(DELAY);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		write();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	private synchronized void forget(Subscriber subscriber) {
		this.advanced.remove(subscriber);
	}

	private synchronized void schedule(Duration delay) {
		if (!this.scheduled) {
			this.scheduled = true;
			CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(this::scheduleWrite);
		}
	}

	private void scheduleWrite() {
		try {
			this.executor.execute(this::write);
		}
		catch (RuntimeException ex) {
			// at the stop it is written without threads
			synchronized (this) {
				this.scheduled = false;
			}
		}
	}

	private void write() {
		synchronized (this.writing) {
			Map<Subscriber, Position> taken = take();
			if (taken.isEmpty()) {
				return;
			}
			try {
				this.store.advance(taken);
			}
			catch (RuntimeException ex) {
				logger.error("Cannot store the cursors of " + taken.size() + " durable subscriptions, trying again",
						LogSafe.failure(ex));
				putBack(taken);
			}
		}
	}

	private synchronized Map<Subscriber, Position> take() {
		Map<Subscriber, Position> taken = this.advanced;
		this.advanced = new HashMap<>();
		this.scheduled = false;
		return taken;
	}

	private synchronized void putBack(Map<Subscriber, Position> taken) {
		taken.forEach(this.advanced::putIfAbsent);
		schedule(RETRY_DELAY);
	}

}
