package io.irpc.observation;

import java.util.Objects;
import java.util.function.Function;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import io.irpc.session.TraceParent;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.RequestReplyReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * A command of a peer that is observed. The carrier is the command with its session; the
 * response is there as soon as it has ended, unless its session has ended before it.
 *
 * @since 0.1.0
 */
public final class IrpcServerRequestContext extends RequestReplyReceiverContext<Invocation, Response> {

	private final @Nullable String command;

	private final @Nullable String function;

	private volatile IrpcOutcome outcome = IrpcOutcome.UNKNOWN;

	private volatile @Nullable ErrorCode errorCode;

	private volatile @Nullable Description description;

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

	/**
	 * Return what describes the command, made once unless its user changes.
	 * @param user the name of its user
	 * @param maker makes it
	 * @return the key values
	 */
	KeyValues described(@Nullable String user, Function<@Nullable String, KeyValues> maker) {
		Description known = this.description;
		if (known == null || !Objects.equals(known.user(), user)) {
			known = new Description(user, maker.apply(user));
			this.description = known;
		}
		return known.values();
	}

	void ended(@Nullable ErrorCode newErrorCode) {
		this.errorCode = newErrorCode;
		this.outcome = IrpcOutcome.of(newErrorCode);
	}

	private record Description(@Nullable String user, KeyValues values) {

	}

}
