package io.irpc.observation;

import io.irpc.client.ReceivedEvent;
import io.irpc.session.TraceParent;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * An event whose handling is observed. The carrier tells where the event comes from.
 *
 * @since 0.1.0
 */
public final class IrpcClientEventContext extends ReceiverContext<ReceivedEvent> implements MeasuredContext {

	private final HeldKeyValues lowCardinality = new HeldKeyValues();

	private volatile @Nullable Measurement measurement;

	private final ReceivedEvent event;

	IrpcClientEventContext(ReceivedEvent event) {
		super((carrier, key) -> key.equals(TraceParent.PARAMETER) ? traceParent(carrier) : null, Kind.CONSUMER);
		this.event = event;
		setCarrier(event);
		setRemoteServiceName(event.client());
	}

	private static @Nullable String traceParent(ReceivedEvent event) {
		return (event.traceParent() != null) ? event.traceParent().toString() : null;
	}

	/**
	 * Return where the event comes from.
	 * @return the event, without its value
	 */
	public ReceivedEvent getEvent() {
		return this.event;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		this.lowCardinality.add(keyValue);
		return this;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValues(KeyValues keyValues) {
		this.lowCardinality.add(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValue(String key) {
		this.lowCardinality.remove(key);
		return this;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.lowCardinality.all();
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		return this.lowCardinality.find(key);
	}

	@Override
	public void begin(Measurement begun) {
		this.measurement = begun;
	}

	@Override
	public @Nullable Measurement measurement() {
		return this.measurement;
	}

}
