package io.irpc.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.journal.PositionExpiredException;
import io.irpc.protocol.LogSafe;
import io.irpc.server.IrpcServerStartedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationListener;

/**
 * Reads the journal live and hands new entries to the subscriptions of all sessions, in
 * order of position. There is one: if those who raise events handed them over themselves,
 * two of them could overtake each other.
 *
 * @since 0.1.0
 */
public final class EventBroadcaster implements ApplicationListener<IrpcServerStartedEvent> {

	private static final Log logger = LogFactory.getLog(EventBroadcaster.class);

	private static final int READ_LIMIT = 256;

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final SubscriptionEnvironment environment;

	private final SubscriptionRegistry subscriptions;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final Object catchingUp = new Object();

	private CompletableFuture<Void> caughtUp = CompletableFuture.completedFuture(null);

	private Position position;

	/**
	 * Create a broadcaster that begins behind the newest entry.
	 * @param environment what subscriptions work with
	 * @param subscriptions the subscriptions
	 */
	public EventBroadcaster(SubscriptionEnvironment environment, SubscriptionRegistry subscriptions) {
		this.environment = environment;
		this.subscriptions = subscriptions;
		this.position = environment.journal().head();
		environment.journal().onAppend(this::wake);
	}

	/**
	 * Begin again: what was to run when the server stopped was dropped with its threads.
	 */
	@Override
	public void onApplicationEvent(IrpcServerStartedEvent event) {
		this.scheduled.set(false);
		wake();
	}

	private void wake() {
		if (!this.scheduled.compareAndSet(false, true)) {
			return;
		}
		try {
			this.environment.readers().execute(this::broadcast);
		}
		catch (RejectedExecutionException ex) {
			// nobody listens before the server starts and after it stops
			this.scheduled.set(false);
		}
	}

	/**
	 * Hand over what the journal has by now.
	 * @return completed when it was handed to the event loops of all sessions
	 * @throws RejectedExecutionException if there are no threads any more
	 */
	CompletableFuture<Void> catchUp() {
		synchronized (this.catchingUp) {
			// once for all sessions that are ended together
			if (this.caughtUp.isDone()) {
				this.caughtUp = CompletableFuture.runAsync(this::broadcast, this.environment.readers());
			}
			return this.caughtUp;
		}
	}

	// one at a time, and at the most one that waits for its turn
	private synchronized void broadcast() {
		this.scheduled.set(false);
		try {
			broadcastNew();
		}
		// also when memory is short: nothing else would wake it before the next event
		catch (RuntimeException | Error ex) {
			logger.error("Cannot read the journal of events, trying again", LogSafe.failure(ex));
			CompletableFuture.delayedExecutor(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS).execute(this::wake);
		}
	}

	private void broadcastNew() {
		List<JournalEntry> entries = read();
		while (!entries.isEmpty()) {
			this.subscriptions.broadcast(this.environment.selections().selectAll(entries));
			this.position = entries.get(entries.size() - 1).position();
			entries = read();
		}
	}

	private List<JournalEntry> read() {
		while (true) {
			try {
				return this.environment.journal().read(this.position, null, READ_LIMIT).entries();
			}
			catch (PositionExpiredException ex) {
				this.position = ex.oldest();
				// each subscription has got to another position, and tells its own gap
				this.subscriptions.broadcast(new EventBatch(ex.oldest(), Map.of()));
			}
		}
	}

}
