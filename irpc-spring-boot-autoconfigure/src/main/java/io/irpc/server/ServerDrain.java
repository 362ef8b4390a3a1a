package io.irpc.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.irpc.protocol.LogSafe;
import io.irpc.server.IrpcServerDrainEvent.Phase;
import io.irpc.session.SessionManager;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Ends the sessions of a server phase by phase, so that no call is lost and each
 * subscription can go on elsewhere right behind what was delivered. Each phase is
 * bounded.
 */
final class ServerDrain {

	private static final Log logger = LogFactory.getLog(IrpcServer.class);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

	/**
	 * How long peers may take to acknowledge what they were sent last.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final SessionManager sessions;

	private final IrpcServerSettings settings;

	private final Consumer<Phase> listener;

	/**
	 * Create a drain that does nothing yet.
	 * @param sessions the sessions to end
	 * @param settings how long what may take
	 * @param listener told of each phase before it begins
	 */
	ServerDrain(SessionManager sessions, IrpcServerSettings settings, Consumer<Phase> listener) {
		this.sessions = sessions;
		this.settings = settings;
		this.listener = listener;
	}

	/**
	 * End the sessions. Returns when they are closed, or do not close in time.
	 * @param stopAccepting lets no more connections in
	 */
	void run(Runnable stopAccepting) {
		Duration delay = this.settings.shutdownDelay();
		enter(Phase.REFUSING_TRAFFIC);
		logger.info("IRPC server drains: the application refuses traffic"
				+ (delay.isZero() ? "" : ", sessions go on for " + delay.toMillis() + " ms"));
		pause(delay);
		stopAccepting.run();
		enter(Phase.SENDING_AWAY);
		long start = System.nanoTime();
		answerCommands();
		endSubscriptions(this.settings.drainTimeout().minusNanos(System.nanoTime() - start));
		isDoneWithin(this.sessions.close("the server stops"), CLOSE_TIMEOUT);
		enter(Phase.ENDED);
	}

	private void answerCommands() {
		Duration timeout = this.settings.drainTimeout();
		logger.info("IRPC server drains: sends " + this.sessions.count() + " sessions away and answers " + commands()
				+ " commands, for at most " + timeout.toMillis() + " ms");
		if (!isDoneWithin(this.sessions.end(), timeout)) {
			logger.warn("IRPC server drains: " + commands() + " commands did not end within " + timeout.toMillis()
					+ " ms and are interrupted");
			this.sessions.interrupt();
		}
	}

	private void endSubscriptions(Duration left) {
		Duration patience = (left.compareTo(PATIENCE) < 0) ? left : PATIENCE;
		CompletableFuture<Integer> ended = this.sessions.silence();
		boolean acknowledged = isDoneWithin(ended.thenCompose((count) -> this.sessions.answered()), patience);
		logger.info("IRPC server drains: " + ended.getNow(0) + " subscriptions have ended, "
				+ (acknowledged ? "and all that was sent is acknowledged" : "but not all that was sent is acknowledged"
						+ " within " + Math.max(0, patience.toMillis()) + " ms")
				+ "; closes " + this.sessions.count() + " sessions");
	}

	private int commands() {
		return this.sessions.runningCommands() + this.sessions.parkedCommands();
	}

	private void enter(Phase phase) {
		try {
			this.listener.accept(phase);
		}
		catch (RuntimeException ex) {
			// whatever a listener of the application does: the server is to end
			logger.error("Failure of a listener at the phase " + phase + " of a drain", LogSafe.failure(ex));
		}
	}

	private static void pause(Duration delay) {
		try {
			TimeUnit.NANOSECONDS.sleep(delay.toNanos());
		}
		catch (InterruptedException ex) {
			// whoever interrupts wants it to end sooner
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isDoneWithin(CompletableFuture<?> done, Duration timeout) {
		return done.handle((result, ex) -> ex == null)
			.completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS)
			.join();
	}

}
