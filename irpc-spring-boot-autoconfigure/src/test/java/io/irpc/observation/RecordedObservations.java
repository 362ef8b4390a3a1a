package io.irpc.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Keeps the observations that have ended, in their order.
 */
final class RecordedObservations implements ObservationHandler<Observation.Context> {

	private final List<Observation.Context> started = new CopyOnWriteArrayList<>();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	static RecordedObservations of(TestObservationRegistry registry) {
		RecordedObservations recorded = new RecordedObservations();
		registry.observationConfig().observationHandler(recorded);
		return recorded;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	public void onStart(Observation.Context context) {
		this.started.add(context);
	}

	@Override
	public void onStop(Observation.Context context) {
		this.stopped.add(context);
	}

	/**
	 * Wait for the end of an observation, and forget all.
	 * @param name its name
	 * @return the only one that has begun, as {@code key=value} pairs of low cardinality
	 */
	String next(String name) {
		return keys(nextContext(name));
	}

	Observation.Context nextContext(String name) {
		await().until(() -> !named(this.stopped, name).isEmpty()
				&& named(this.started, name).size() == named(this.stopped, name).size());
		List<Observation.Context> found = named(this.stopped, name);
		assertThat(found).hasSize(1);
		clear();
		return found.get(0);
	}

	List<String> all(String name) {
		return named(this.stopped, name).stream().map(RecordedObservations::keys).toList();
	}

	List<Observation.Context> ended(String name) {
		return named(this.stopped, name);
	}

	List<Observation.Context> started(String name) {
		return named(this.started, name);
	}

	void clear() {
		this.started.clear();
		this.stopped.clear();
	}

	private static List<Observation.Context> named(List<Observation.Context> contexts, String name) {
		return contexts.stream().filter((context) -> name.equals(context.getName())).toList();
	}

	static String keys(Observation.Context context) {
		StringBuilder text = new StringBuilder();
		for (KeyValue keyValue : context.getLowCardinalityKeyValues()) {
			text.append(text.isEmpty() ? "" : " ").append(keyValue.getKey()).append('=').append(keyValue.getValue());
		}
		return text.toString();
	}

}
