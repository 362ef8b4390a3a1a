package io.irpc.observation;

import java.util.function.Function;

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

	private final HeldKeyValues highCardinality = new HeldKeyValues();

	private volatile @Nullable Measurement measurement;

	private final ReceivedEvent event;

	private @Nullable EventDescription description;

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

	/**
	 * Return what is told of the event, which a convention is asked for several times.
	 * @param describer tells it the first time
	 * @return what was told the first time
	 */
	EventDescription described(Function<ReceivedEvent, EventDescription> describer) {
		EventDescription known = this.description;
		if (known == null) {
			known = describer.apply(this.event);
			this.description = known;
		}
		return known;
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
	public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
		this.highCardinality.add(keyValue);
		return this;
	}

	@Override
	public Observation.Context addHighCardinalityKeyValues(KeyValues keyValues) {
		this.highCardinality.add(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeHighCardinalityKeyValue(String key) {
		this.highCardinality.remove(key);
		return this;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues() {
		return this.highCardinality.all();
	}

	@Override
	public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
		return this.highCardinality.find(key);
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
