package io.irpc.call;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadReader;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.TraceParent;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * A call, or another command with one answer, that is sent on the session that there is
 * when it is carried out.
 */
final class DefaultIrpcCall implements IrpcCall {

	private final String target;

	private final Command command;

	private final CallChannel channel;

	private final Interception interception;

	private List<Argument> arguments;

	private @Nullable Duration timeout;

	private boolean idempotent;

	private @Nullable TraceParent traceParent;

	private @Nullable CallDeadline begun;

	/**
	 * Create a call.
	 * @param target what is called, for messages
	 * @param command the command, to which arguments may be added
	 * @param channel what it is sent over
	 * @param interception who surrounds it
	 */
	DefaultIrpcCall(String target, Command command, CallChannel channel, Interception interception) {
		this.target = target;
		this.command = command;
		this.arguments = command.arguments();
		this.channel = channel;
		this.interception = interception;
	}

	@Override
	public IrpcCall argument(String name, @Nullable Object value) {
		return add(name, value);
	}

	@Override
	public IrpcCall argument(@Nullable Object value) {
		return add(null, value);
	}

	private IrpcCall add(@Nullable String name, @Nullable Object value) {
		try {
			Argument argument = new Argument(name, this.channel.converter().write(value));
			if (this.arguments.isEmpty()) {
				this.arguments = List.of(argument);
				return this;
			}
			if (!(this.arguments instanceof ArrayList)) {
				this.arguments = new ArrayList<>(this.arguments);
			}
			this.arguments.add(argument);
		}
		catch (PayloadException ex) {
			String which = (name != null) ? name : "#" + (this.arguments.size() + 1);
			throw new IrpcClientException(ErrorCode.INVALID_ARGUMENT,
					"Argument " + which + " of " + this.target + " has no JSON form: " + ex.getMessage(), ex);
		}
		return this;
	}

	@Override
	public IrpcCall timeout(Duration newTimeout) {
		if (newTimeout.isNegative() || newTimeout.isZero()) {
			throw new IllegalArgumentException(
					"The timeout of " + this.target + " is " + newTimeout + " (expected: > 0)");
		}
		this.timeout = newTimeout;
		return this;
	}

	@Override
	public IrpcCall traceParent(TraceParent newTraceParent) {
		this.traceParent = newTraceParent;
		return this;
	}

	@Override
	public IrpcCall idempotent() {
		this.idempotent = true;
		return this;
	}

	@Override
	public <T> @Nullable T retrieve(Class<T> type) {
		return retrieve((Type) type);
	}

	@Override
	public <T> @Nullable T retrieve(ParameterizedTypeReference<T> type) {
		return retrieve(type.getType());
	}

	@Override
	public <T> CompletableFuture<@Nullable T> retrieveAsync(Class<T> type) {
		return retrieveAsync((Type) type);
	}

	@Override
	public <T> CompletableFuture<@Nullable T> retrieveAsync(ParameterizedTypeReference<T> type) {
		return retrieveAsync(type.getType());
	}

	@Override
	public <T> Stream<T> retrieveStream(Class<T> type) {
		return BlockingElements.stream(retrievePublisher(type));
	}

	@Override
	public <T> Stream<T> retrieveStream(ParameterizedTypeReference<T> type) {
		return BlockingElements.stream(retrievePublisher(type));
	}

	@Override
	public <T> Flow.Publisher<T> retrievePublisher(Class<T> type) {
		return publisher(type);
	}

	@Override
	public <T> Flow.Publisher<T> retrievePublisher(ParameterizedTypeReference<T> type) {
		return publisher(type.getType());
	}

	@Override
	public CompletableFuture<@Nullable Void> send() {
		if (!this.interception.isEmpty()) {
			return intercepted().send();
		}
		Command toSend = command();
		CallDeadline deadline = deadline();
		CompletableFuture<@Nullable Void> sent = this.channel.session().thenApply((session) -> {
			Command adapted = deadline.addTo(toSend, session);
			CommandLength.check(adapted, session);
			OnewayCall.send(adapted, session);
			return null;
		});
		return sent.exceptionally((ex) -> {
			throw failures().of(ex);
		});
	}

	@SuppressWarnings("TypeParameterUnusedInFormals")
	<T> @Nullable T retrieve(Type type) {
		WorkerPool.requireMayWait();
		if (!this.interception.interceptors().isEmpty()) {
			return intercepted().retrieve(type);
		}
		CallDeadline deadline = deadline();
		return read(
				new BlockingCall(this, command(), this.channel, deadline, this.idempotent, observe(deadline)).value(),
				type);
	}

	<T> CompletableFuture<@Nullable T> retrieveAsync(Type type) {
		if (!this.interception.interceptors().isEmpty()) {
			return intercepted().retrieveAsync(type);
		}
		CallDeadline deadline = deadline();
		AsynchronousCall<T> execution = new AsynchronousCall<>(this, command(), this.channel, deadline, this.idempotent,
				type, observe(deadline));
		execution.start();
		return execution.future();
	}

	<T> Flow.Publisher<T> publisher(Type type) {
		if (!this.interception.isEmpty()) {
			return intercepted().publisher(type);
		}
		Type listType = ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(type)).getType();
		PayloadReader<T> reader = this.channel.converter().reader(type);
		PayloadReader<List<T>> listReader = this.channel.converter().reader(listType);
		return (subscriber) -> subscriber.onSubscribe(new StreamExecution<>(
				new StreamCommand<>(command(), deadline(), failures(), reader, listReader), this.channel, subscriber));
	}

	private ObservedCall observe(CallDeadline deadline) {
		CallObserver observer = this.interception.observer();
		return (observer != CallObserver.NONE) ? observer.begun(request(CallRequest.Kind.VALUE, deadline))
				: ObservedCall.NONE;
	}

	private InterceptedCalls intercepted() {
		return new InterceptedCalls(this, this.interception, this.channel);
	}

	CallRequest request(CallRequest.Kind kind) {
		return request(kind, deadline());
	}

	private CallRequest request(CallRequest.Kind kind, CallDeadline deadline) {
		return new CallRequest(this.interception.client(), this.target, kind, this.arguments, deadline, this.timeout,
				this.idempotent, this.channel.converter());
	}

	/**
	 * Return the call that is made at last.
	 * @param request what interceptors have made of this call
	 * @return the call, which nobody surrounds any more
	 */
	DefaultIrpcCall behind(CallRequest request) {
		DefaultIrpcCall call = new DefaultIrpcCall(this.target,
				new Command(this.command.name(), null, this.command.internals(), request.arguments()), this.channel,
				Interception.NONE);
		call.timeout = request.ownTimeout();
		call.idempotent = this.idempotent;
		call.begun = request.deadline();
		return call;
	}

	String target() {
		return this.target;
	}

	private Command command() {
		return new Command(this.command.name(), null, this.command.internals(), List.copyOf(this.arguments));
	}

	CallFailures failures() {
		return new CallFailures(this.target, (this.timeout != null) ? this.timeout : this.channel.timeout(),
				this.channel.converter());
	}

	private CallDeadline deadline() {
		return (this.begun != null) ? this.begun
				: CallDeadline.of(this.timeout, this.channel.timeout(), this.traceParent);
	}

	Payload value(Response response, CallDeadline deadline) {
		if (response.type() == Response.Type.EXCEPTION) {
			throw failures().of(response, deadline);
		}
		return response.value();
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	<T> @Nullable T read(Payload payload, Type type) {
		if (type == void.class || type == Void.class) {
			return null;
		}
		if (type == Payload.class) {
			return (T) payload;
		}
		try {
			return this.channel.converter().read(payload, type);
		}
		catch (PayloadException ex) {
			throw failures().unreadable(ex.getMessage(), ex);
		}
	}

}
