package io.irpc.observation;

import io.irpc.protocol.LogSafe;
import io.irpc.session.ObservedCommand;
import io.micrometer.observation.Observation;
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

	/**
	 * Guard an observation.
	 * @param observation the observation, which has started
	 */
	GuardedObservation(Observation observation) {
		this.observation = observation;
	}

	/**
	 * Tell that an observation could not be started.
	 * @param observed what was to be observed
	 * @param failure why it is not
	 */
	static void notStarted(Object observed, Throwable failure) {
		logger.error("Cannot observe " + observed, LogSafe.failure(failure));
	}

	/**
	 * Return what is observed, for the log.
	 * @return what tells itself
	 */
	protected abstract @Nullable Object observed();

	/**
	 * Make it the one that others on this thread belong to.
	 * @return to be closed on this thread
	 */
	public ObservedCommand.Scope open() {
		try {
			Observation.Scope scope = this.observation.openScope();
			return () -> close(scope);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Cannot observe " + observed(), LogSafe.failure(ex));
			return ObservedCommand.NONE.open();
		}
	}

	private void close(Observation.Scope scope) {
		try {
			scope.close();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Cannot observe " + observed(), LogSafe.failure(ex));
		}
	}

	/**
	 * End it.
	 * @param failure what has failed, {@code null} for nothing
	 */
	void stop(@Nullable Throwable failure) {
		try {
			if (failure != null) {
				this.observation.error(failure);
			}
			this.observation.stop();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Cannot observe the end of " + observed(), LogSafe.failure(ex));
		}
	}

}
