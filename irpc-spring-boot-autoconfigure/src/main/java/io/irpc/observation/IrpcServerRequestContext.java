package io.irpc.observation;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import io.irpc.session.TraceParent;
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

	IrpcServerRequestContext(Invocation invocation, @Nullable CommandHandler handler) {
		super((carrier, key) -> key.equals(TraceParent.PARAMETER) ? traceParent(carrier) : null);
		setCarrier(invocation);
		this.command = (handler != null) ? handler.command() : null;
		this.function = (handler != null) ? handler.function(invocation.command()) : null;
		String peer = invocation.session().peer().name();
		setRemoteServiceName(peer.isEmpty() ? null : peer);
		setRemoteServiceAddress(uri(invocation.session().remoteAddress()));
	}

	private static @Nullable String uri(@Nullable SocketAddress address) {
		if (!(address instanceof InetSocketAddress inet) || inet.isUnresolved()) {
			return null;
		}
		String host = inet.getAddress().getHostAddress();
		return "irpc://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
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

}
