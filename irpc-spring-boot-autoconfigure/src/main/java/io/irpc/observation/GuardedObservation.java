package io.irpc.observation;

import java.util.function.Supplier;

import io.irpc.protocol.LogSafe;
import io.irpc.session.ObservedCommand;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An observation whose handlers and conventions, which may be those of the application,
 * keep nothing from going on: what they throw is logged.
 */
class GuardedObservation {

	private static final Log logger = LogFactory.getLog(GuardedObservation.class);

	private final Object observed;

	private final ObservationRegistry registry;

	private final Observation observation;

	/**
	 * Make an observation that does nothing if it cannot be made.
	 * @param observed what is observed, which tells itself in the log
	 * @param registry where it goes
	 * @param maker makes it
	 */
	GuardedObservation(Object observed, ObservationRegistry registry, Supplier<Observation> maker) {
		this.observed = observed;
		this.registry = registry;
		this.observation = create(maker);
	}

	private Observation create(Supplier<Observation> maker) {
		try {
			return maker.get();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			return Observation.NOOP;
		}
	}

	private void failed(Throwable failure) {
		logger.error("Cannot observe " + this.observed, LogSafe.failure(failure));
	}

	/**
	 * Start it.
	 * @return {@code false} if nothing is observed, as nobody wants it or somebody failed
	 */
	boolean start() {
		if (this.observation.isNoop()) {
			return false;
		}
		try {
			this.observation.start();
			return true;
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			// for those who have begun
			stop(ex);
			return false;
		}
	}

	/**
	 * Make it the one that others on this thread belong to.
	 * @return to be closed on this thread
	 */
	public ObservedCommand.Scope open() {
		Observation.Scope outer = this.registry.getCurrentObservationScope();
		try {
			Observation.Scope scope = this.observation.openScope();
			return () -> close(scope, outer);
		}
		catch (RuntimeException | Error ex) {
			leave(outer, ex);
			return ObservedCommand.NONE.open();
		}
	}

	private void close(Observation.Scope scope, Observation.@Nullable Scope outer) {
		try {
			scope.close();
		}
		catch (RuntimeException | Error ex) {
			leave(outer, ex);
		}
	}

	// a scope whose handler fails stays the current one
	private void leave(Observation.@Nullable Scope outer, Throwable failure) {
		this.registry.setCurrentObservationScope(outer);
		failed(failure);
	}

	/**
	 * Run something within it, from its start to its end.
	 * @param task what it observes; what this throws is thrown
	 */
	void observe(Runnable task) {
		if (!start()) {
			task.run();
			return;
		}
		Throwable failure = null;
		try (ObservedCommand.Scope scope = open()) {
			task.run();
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			stop(failure);
		}
	}

	/**
	 * End it.
	 * @param failure what has failed, {@code null} for nothing
	 */
	void stop(@Nullable Throwable failure) {
		try {
			try {
				if (failure != null) {
					this.observation.error(failure);
				}
			}
			finally {
				this.observation.stop();
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error("Cannot observe the end of " + this.observed, LogSafe.failure(ex));
		}
	}

}
