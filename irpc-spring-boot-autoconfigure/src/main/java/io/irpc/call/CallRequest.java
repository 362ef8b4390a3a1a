package io.irpc.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Argument;
import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * A call that is about to be made, as a {@link ClientInterceptor} sees it. Immutable.
 *
 * @since 0.1.0
 */
public final class CallRequest {

	private final String client;

	private final String function;

	private final Kind kind;

	private final List<Argument> arguments;

	private final CallDeadline deadline;

	private final @Nullable Duration ownTimeout;

	private final boolean idempotent;

	private final PayloadConverter converter;

	CallRequest(String client, String function, Kind kind, List<Argument> arguments, CallDeadline deadline,
			@Nullable Duration ownTimeout, boolean idempotent, PayloadConverter converter) {
		this.client = client;
		this.function = function;
		this.kind = kind;
		this.arguments = List.copyOf(arguments);
		this.deadline = deadline;
		this.ownTimeout = ownTimeout;
		this.idempotent = idempotent;
		this.converter = converter;
	}

	/**
	 * Return which client makes the call.
	 * @return the name behind {@code irpc.clients}, {@code default} for the client of
	 * {@code irpc.client} and for those that are built without a qualifier
	 */
	public String client() {
		return this.client;
	}

	/**
	 * Return what is called.
	 * @return the qualified name of the function
	 */
	public String function() {
		return this.function;
	}

	/**
	 * Return what the caller waits for.
	 * @return the kind of the call
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Return what the function is given.
	 * @return the arguments in their order, with their values as JSON
	 */
	public List<Argument> arguments() {
		return this.arguments;
	}

	/**
	 * Return how long the answer is waited for from now on.
	 * @return the time, not above zero if it has passed; {@code null} for a stream that
	 * may last
	 */
	public @Nullable Duration timeout() {
		return (this.kind == Kind.STREAM && !this.deadline.told()) ? null : Duration.ofNanos(this.deadline.remaining());
	}

	/**
	 * Return which trace the call belongs to.
	 * @return the context, {@code null} for none
	 */
	public @Nullable TraceParent traceParent() {
		return this.deadline.traceParent();
	}

	/**
	 * Return whether the caller has declared that the function may be called twice.
	 * @return {@code true} if it does no harm
	 */
	public boolean isIdempotent() {
		return this.idempotent;
	}

	/**
	 * Add an argument by name, in place of one of that name.
	 * @param name the name
	 * @param value the value, converted to JSON at once
	 * @return the changed request
	 */
	public CallRequest withArgument(String name, @Nullable Object value) {
		List<Argument> changed = new ArrayList<>(this.arguments);
		changed.removeIf((argument) -> name.equals(argument.name()));
		changed.add(new Argument(name, this.converter.write(value)));
		return copy(changed, this.deadline, this.ownTimeout);
	}

	/**
	 * Change how long the answer is waited for.
	 * @param timeout the time from now on
	 * @return the changed request
	 */
	public CallRequest withTimeout(Duration timeout) {
		return copy(this.arguments, new CallDeadline(CallDeadline.nanoTime(timeout), true, this.deadline.traceParent()),
				timeout);
	}

	/**
	 * Change which trace the call belongs to (protocol §6, feature {@code trace}).
	 * @param traceParent the context
	 * @return the changed request
	 */
	public CallRequest withTraceParent(TraceParent traceParent) {
		return copy(this.arguments, this.deadline.within(traceParent), this.ownTimeout);
	}

	/**
	 * Return how long the answer is waited for in all, for messages.
	 * @return the time, {@code null} for that of the client
	 */
	@Nullable Duration ownTimeout() {
		return this.ownTimeout;
	}

	CallDeadline deadline() {
		return this.deadline;
	}

	private CallRequest copy(List<Argument> newArguments, CallDeadline newDeadline, @Nullable Duration newTimeout) {
		return new CallRequest(this.client, this.function, this.kind, newArguments, newDeadline, newTimeout,
				this.idempotent, this.converter);
	}

	/**
	 * Describes the call without its values, which may be confidential.
	 */
	@Override
	public String toString() {
		return "CallRequest[client=" + this.client + ", function=" + this.function + ", kind=" + this.kind
				+ ", arguments=" + this.arguments + "]";
	}

	/**
	 * What the caller waits for.
	 */
	public enum Kind {

		/**
		 * For the value.
		 */
		VALUE,

		/**
		 * For elements, one after the other (protocol §7).
		 */
		STREAM,

		/**
		 * For nothing (protocol §6, feature {@code oneway}).
		 */
		ONEWAY

	}

}
