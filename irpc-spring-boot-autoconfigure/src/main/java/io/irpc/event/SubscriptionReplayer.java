package io.irpc.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.journal.PositionExpiredException;
import io.irpc.protocol.LogSafe;
import io.irpc.session.IrpcSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Reads the journal for one subscription, page by page, on threads that may block.
 * Confined to the event loop of the session but for the reading itself.
 */
final class SubscriptionReplayer {

	private static final Log logger = LogFactory.getLog(SubscriptionReplayer.class);

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final SubscriptionEnvironment environment;

	private final IrpcSession session;

	private final Listener listener;

	private boolean reading;

	private boolean failing;

	SubscriptionReplayer(SubscriptionEnvironment environment, IrpcSession session, Listener listener) {
		this.environment = environment;
		this.session = session;
		this.listener = listener;
	}

	boolean isReading() {
		return this.reading;
	}

	/**
	 * Read a page.
	 * @param selection what to take of it
	 * @param after the position behind which it begins
	 * @param limit how many entries at the most
	 * @throws RejectedExecutionException if there are no threads any more
	 */
	void read(Selection selection, Position after, int limit) {
		this.environment.readers().execute(() -> {
			Runnable result = result(selection, after, limit);
			this.session.eventLoop().execute(result);
		});
		this.reading = true;
	}

	private Runnable result(Selection selection, Position after, int limit) {
		try {
			JournalPage page = this.environment.journal().read(after, selection.type().name(), limit);
			List<Selected> selected = this.environment.selections().select(selection, page.entries());
			return () -> {
				this.reading = false;
				this.failing = false;
				this.listener.read(page, selected);
			};
		}
		catch (PositionExpiredException ex) {
			return () -> {
				this.reading = false;
				this.listener.truncated(ex.oldest());
			};
		}
		catch (RuntimeException | Error ex) {
			return () -> retry(ex);
		}
	}

	private void retry(Throwable failure) {
		if (!this.failing) {
			this.failing = true;
			logger.error("Cannot read the journal for " + this.session + ", trying again", LogSafe.failure(failure));
		}
		CompletableFuture.delayedExecutor(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS, this.session.eventLoop())
			.execute(() -> {
				this.reading = false;
				this.listener.resume();
			});
	}

	/**
	 * Told of what was read. Called on the event loop.
	 */
	interface Listener {

		/**
		 * A page was read.
		 * @param page the page
		 * @param selected what was taken of it
		 */
		void read(JournalPage page, List<Selected> selected);

		/**
		 * Entries behind the position are gone.
		 * @param oldest the position from which on nothing is missing
		 */
		void truncated(Position oldest);

		/**
		 * Reading may be tried again.
		 */
		void resume();

	}

}
