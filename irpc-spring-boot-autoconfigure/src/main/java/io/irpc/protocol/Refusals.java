package io.irpc.protocol;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts the refusals of each limit (protocol §8), and logs few of them, as a log must
 * not be flooded by those who are refused. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Refusals {

	private static final Log logger = LogFactory.getLog(Refusals.class);

	private static final long LOG_INTERVAL = Duration.ofSeconds(10).toNanos();

	private final Map<Limit, Counter> counters = new EnumMap<>(Limit.class);

	private final List<RefusalListener> listeners;

	private final LongSupplier nanoTime;

	/**
	 * Create counters.
	 * @param listeners told of each refusal
	 */
	public Refusals(List<RefusalListener> listeners) {
		this(listeners, System::nanoTime);
	}

	Refusals(List<RefusalListener> listeners, LongSupplier nanoTime) {
		this.listeners = List.copyOf(listeners);
		this.nanoTime = nanoTime;
		for (Limit limit : Limit.values()) {
			this.counters.put(limit, new Counter(nanoTime.getAsLong() - LOG_INTERVAL));
		}
	}

	/**
	 * Count a refusal.
	 * @param limit what was exceeded
	 * @param peer who was refused, for the log
	 * @param message what the peer was told
	 */
	public void add(Limit limit, Object peer, String message) {
		Counter counter = counter(limit);
		counter.total.increment();
		counter.unlogged.increment();
		this.listeners.forEach((listener) -> listener.refused(limit));
		long now = this.nanoTime.getAsLong();
		long last = counter.lastLogged.get();
		if (now - last >= LOG_INTERVAL && counter.lastLogged.compareAndSet(last, now)) {
			logger.warn("Refused (" + limit.key() + "): " + LogSafe.text(peer) + ": " + LogSafe.text(message)
					+ suppressed(counter.unlogged.sumThenReset() - 1));
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("Refused (" + limit.key() + "): " + LogSafe.text(peer) + ": " + LogSafe.text(message));
		}
	}

	/**
	 * Return how often a limit was exceeded.
	 * @param limit the limit
	 * @return the number of refusals
	 */
	public long count(Limit limit) {
		return counter(limit).total.sum();
	}

	private Counter counter(Limit limit) {
		Counter counter = this.counters.get(limit);
		if (counter == null) {
			throw new IllegalStateException("No counter of " + limit);
		}
		return counter;
	}

	private static String suppressed(long count) {
		return (count > 0) ? " (and " + count + " more since the last line of this limit)" : "";
	}

	private static final class Counter {

		private final LongAdder total = new LongAdder();

		private final LongAdder unlogged = new LongAdder();

		private final AtomicLong lastLogged;

		Counter(long lastLogged) {
			this.lastLogged = new AtomicLong(lastLogged);
		}

	}

}
