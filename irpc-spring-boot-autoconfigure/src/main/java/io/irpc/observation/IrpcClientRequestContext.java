package io.irpc.observation;

import io.irpc.call.CallRequest;
import io.irpc.payload.Payload;
import io.irpc.protocol.ErrorCode;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.RequestReplySenderContext;
import org.jspecify.annotations.Nullable;

/**
 * A call that is observed. The response is the value that was answered, JSON {@code null}
 * for a stream and for a call without an answer.
 *
 * @since 0.1.0
 */
public final class IrpcClientRequestContext extends RequestReplySenderContext<TraceCarrier, Payload>
		implements MeasuredContext {

	private final HeldKeyValues lowCardinality = new HeldKeyValues();

	private volatile @Nullable Measurement measurement;

	private final CallRequest request;

	private final CalledFunctions functions;

	// asked once, as conventions ask several times
	private volatile boolean known;

	private volatile IrpcOutcome outcome = IrpcOutcome.UNKNOWN;

	private volatile @Nullable ErrorCode errorCode;

	IrpcClientRequestContext(CallRequest request, CalledFunctions functions) {
		super(TraceCarrier::set);
		this.request = request;
		this.functions = functions;
		this.known = functions.contains(request.function());
		setCarrier(new TraceCarrier());
	}

	/**
	 * Return the call as it was when it began.
	 * @return the call
	 */
	public CallRequest getRequest() {
		return this.request;
	}

	/**
	 * Return which function is called, as far as it is sure that there is one: names that
	 * no server knows would be without bound.
	 * @return the qualified name, {@code null} for a function that no peer has answered
	 * for yet
	 */
	public @Nullable String getFunction() {
		return this.known ? this.request.function() : null;
	}

	/**
	 * Return how the call has ended.
	 * @return the outcome, {@link IrpcOutcome#UNKNOWN} until then and for one whose
	 * connection was lost
	 */
	public IrpcOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return why the call has failed.
	 * @return the code, {@code null} if it has not
	 */
	public @Nullable ErrorCode getErrorCode() {
		return this.errorCode;
	}

	void ended(IrpcOutcome newOutcome, @Nullable ErrorCode newErrorCode) {
		if (!this.known && newErrorCode != ErrorCode.UNKNOWN_FUNCTION) {
			this.known = this.functions.add(this.request.function());
		}
		this.errorCode = newErrorCode;
		this.outcome = newOutcome;
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
