package io.irpc.observation;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import io.irpc.session.TraceParent;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.RequestReplyReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * A command of a peer that is observed. The carrier is the command with its session; the
 * response is there as soon as it has ended, unless its session has ended before it.
 *
 * @since 0.1.0
 */
public final class IrpcServerRequestContext extends RequestReplyReceiverContext<Invocation, Response>
		implements MeasuredContext {

	private final HeldKeyValues highCardinality = new HeldKeyValues();

	private final HeldKeyValues lowCardinality = new HeldKeyValues();

	private volatile @Nullable Measurement measurement;

	private @Nullable SessionDescription description;

	private final @Nullable String command;

	private final @Nullable String function;

	private volatile IrpcOutcome outcome = IrpcOutcome.UNKNOWN;

	private volatile @Nullable ErrorCode errorCode;

	IrpcServerRequestContext(Invocation invocation, @Nullable CommandHandler handler) {
		super((carrier, key) -> key.equals(TraceParent.PARAMETER) ? traceParent(carrier) : null);
		setCarrier(invocation);
		this.command = (handler != null) ? handler.command() : null;
		this.function = (handler != null) ? handler.function(invocation.command()) : null;
		String peer = invocation.session().peer().name();
		setRemoteServiceName(peer.isEmpty() ? null : peer);
		setRemoteServiceAddress(invocation.session().remoteUri());
	}

	private static @Nullable String traceParent(Invocation invocation) {
		TraceParent traceParent = invocation.traceParent();
		return (traceParent != null) ? traceParent.toString() : null;
	}

	/**
	 * Return which command it is.
	 * @return the name of a command that exists, {@code null} for any other
	 */
	public @Nullable String getCommand() {
		return this.command;
	}

	/**
	 * Return which function the command is about.
	 * @return the qualified name of a function that is published, {@code null} for any
	 * other or none
	 */
	public @Nullable String getFunction() {
		return this.function;
	}

	/**
	 * Return how the command has ended.
	 * @return the outcome, {@link IrpcOutcome#UNKNOWN} until then
	 */
	public IrpcOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return why the command has failed.
	 * @return the code, {@code null} if it has not
	 */
	public @Nullable ErrorCode getErrorCode() {
		return this.errorCode;
	}

	void ended(@Nullable ErrorCode newErrorCode) {
		this.errorCode = newErrorCode;
		this.outcome = IrpcOutcome.of(newErrorCode);
	}

	/**
	 * Return what is told of the session.
	 * @return what was told of it last, {@code null} if nothing was
	 */
	@Nullable SessionDescription description() {
		return this.description;
	}

	void describe(SessionDescription newDescription) {
		this.description = newDescription;
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
