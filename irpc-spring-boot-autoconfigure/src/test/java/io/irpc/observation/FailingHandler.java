package io.irpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Fails at one place of an observation.
 *
 * @param where the place
 * @param contexts the class of the observations' contexts
 */
record FailingHandler(String where,
		Class<? extends Observation.Context> contexts) implements ObservationHandler<Observation.Context> {

	@Override
	public void onStart(Observation.Context context) {
		failIf("start");
	}

	@Override
	public void onError(Observation.Context context) {
		failIf("error");
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		failIf("scope opened");
	}

	@Override
	public void onScopeClosed(Observation.Context context) {
		failIf("scope closed");
	}

	@Override
	public void onStop(Observation.Context context) {
		failIf("stop");
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.contexts.isInstance(context);
	}

	private void failIf(String here) {
		if (this.where.equals(here)) {
			throw new LinkageError("on purpose");
		}
	}

}
