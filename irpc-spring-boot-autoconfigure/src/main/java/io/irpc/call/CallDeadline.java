package io.irpc.call;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.Command;
import io.irpc.session.Directives;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.PeerIdentity;
import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Until when an answer is waited for: what is left to the command that makes the call
 * counts as well (protocol §6, features {@code deadline} and {@code trace}).
 *
 * @param nanoTime the time of {@link System#nanoTime()}
 * @param told whether the peer is told; it need not be told what is only the habit of
 * this end, as it is sent the cancellation
 * @param traceParent the trace that the call belongs to, {@code null} for none
 */
record CallDeadline(long nanoTime, boolean told, @Nullable TraceParent traceParent) {

	/**
	 * As long as no time can be told from for ever.
	 */
	private static final Duration MAX = Duration.ofMillis(Integer.MAX_VALUE);

	/**
	 * Begin to count.
	 * @param timeout how long to wait as the call says, {@code null} if it does not say
	 * @param usual how long to wait otherwise
	 * @param trace the trace that the call says it belongs to, {@code null} for that of
	 * the command that makes it
	 * @return the deadline
	 */
	static CallDeadline of(@Nullable Duration timeout, Duration usual, @Nullable TraceParent trace) {
		Invocation caller = Invocation.current();
		Duration left = (caller != null) ? caller.remainingTime() : null;
		Duration own = (timeout != null) ? timeout : usual;
		boolean inherited = left != null && left.compareTo(own) < 0;
		Duration time = (left != null && inherited) ? left : own;
		return new CallDeadline(nanoTime(time), inherited || timeout != null,
				(trace != null) ? trace : TraceParent.inherited());
	}

	/**
	 * Return when a time will have passed.
	 * @param time the time from now on
	 * @return the time of {@link System#nanoTime()}
	 */
	static long nanoTime(Duration time) {
		return System.nanoTime() + ((time.compareTo(MAX) < 0) ? time.toNanos() : MAX.toNanos());
	}

	/**
	 * Change which trace the call belongs to.
	 * @param trace the trace, {@code null} for none other
	 * @return the deadline
	 */
	CallDeadline within(@Nullable TraceParent trace) {
		return (trace != null) ? new CallDeadline(this.nanoTime, this.told, trace) : this;
	}

	/**
	 * Return how long to wait still.
	 * @return the time in nanoseconds, zero or less if it has passed
	 */
	long remaining() {
		return this.nanoTime - System.nanoTime();
	}

	/**
	 * Tell the peer, as far as it understands.
	 * @param command the command to send
	 * @param session the session to send it on
	 * @return the command with what the peer is told
	 */
	Command addTo(Command command, IrpcSession session) {
		PeerIdentity peer = session.peer();
		boolean withTimeout = this.told && peer.supports(PeerIdentity.DEADLINE);
		boolean withTrace = this.traceParent != null && peer.supports(PeerIdentity.TRACE);
		if (!withTimeout && !withTrace) {
			return command;
		}
		Map<String, String> internals = new LinkedHashMap<>(command.internals());
		if (withTimeout) {
			internals.put(Directives.TIMEOUT, Long.toString(Math.max(1, TimeUnit.NANOSECONDS.toMillis(remaining()))));
		}
		if (withTrace) {
			internals.put(TraceParent.PARAMETER, String.valueOf(this.traceParent));
		}
		return new Command(command.name(), command.id(), internals, command.arguments());
	}

}
