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
abstract class GuardedObservation {

	private static final Log logger = LogFactory.getLog(GuardedObservation.class);

	private final Observation observation;

	private final ObservationRegistry registry;

	/**
	 * Guard an observation.
	 * @param observation the observation, which has not started
	 * @param registry where it goes
	 */
	GuardedObservation(Observation observation, ObservationRegistry registry) {
		this.observation = observation;
		this.registry = registry;
	}

	/**
	 * Make an observation.
	 * @param observed what is to be observed, for the log
	 * @param maker makes it
	 * @return the observation, not started; one that does nothing if it cannot be made
	 */
	static Observation create(Object observed, Supplier<Observation> maker) {
		try {
			return maker.get();
		}
		catch (RuntimeException | Error ex) {
			failed(observed, ex);
			return Observation.NOOP;
		}
	}

	private static void failed(@Nullable Object observed, Throwable failure) {
		logger.error("Cannot observe " + observed, LogSafe.failure(failure));
	}

	/**
	 * Return what is observed, for the log.
	 * @return what tells itself
	 */
	protected abstract @Nullable Object observed();

	/**
	 * Start it.
	 * @return {@code false} if it has ended at once, as somebody failed
	 */
	boolean start() {
		try {
			this.observation.start();
			return true;
		}
		catch (RuntimeException | Error ex) {
			failed(observed(), ex);
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
		failed(observed(), failure);
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
			logger.error("Cannot observe the end of " + observed(), LogSafe.failure(ex));
		}
	}

}
