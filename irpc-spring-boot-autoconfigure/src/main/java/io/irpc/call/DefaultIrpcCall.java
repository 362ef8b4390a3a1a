package io.irpc.call;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.irpc.payload.PayloadException;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.PendingCommands.ResponseListener;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * A call, or another command with one answer, that is sent on the session that there is
 * when it is carried out.
 */
final class DefaultIrpcCall implements IrpcCall {

	private final String target;

	private final Command command;

	private final CallChannel channel;

	private final List<Argument> arguments = new ArrayList<>();

	private Duration timeout;

	/**
	 * Create a call.
	 * @param target what is called, for messages
	 * @param command the command, to which arguments may be added
	 * @param channel what it is sent over
	 */
	DefaultIrpcCall(String target, Command command, CallChannel channel) {
		this.target = target;
		this.command = command;
		this.arguments.addAll(command.arguments());
		this.channel = channel;
		this.timeout = channel.timeout();
	}

	@Override
	public IrpcCall argument(String name, @Nullable Object value) {
		this.arguments.add(new Argument(name, this.channel.converter().write(value)));
		return this;
	}

	@Override
	public IrpcCall argument(@Nullable Object value) {
		this.arguments.add(new Argument(null, this.channel.converter().write(value)));
		return this;
	}

	@Override
	public IrpcCall timeout(Duration newTimeout) {
		this.timeout = newTimeout;
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

	<T> @Nullable T retrieve(Type type) {
		PendingResponse pending = send();
		try {
			return value(pending.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS), type);
		}
		catch (TimeoutException ex) {
			pending.completeExceptionally(ex);
			throw failure(ex);
		}
		catch (ExecutionException ex) {
			throw failure(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IrpcClientException(ErrorCode.CANCELLED, "Interrupted while waiting for " + this.target, ex);
		}
	}

	<T> CompletableFuture<@Nullable T> retrieveAsync(Type type) {
		return send().orTimeout(this.timeout.toNanos(), TimeUnit.NANOSECONDS).handleAsync((response, ex) -> {
			if (ex != null) {
				throw failure(ex);
			}
			return this.<T>value(response, type);
		}, this.channel.workers());
	}

	private PendingResponse send() {
		Command toSend = new Command(this.command.name(), null, this.command.internals(), List.copyOf(this.arguments));
		PendingResponse pending = new PendingResponse();
		this.channel.session().thenAccept((session) -> {
			// whoever has given up while there was no connection does not want it sent
			// later
			if (!pending.isDone()) {
				CommandLength.check(toSend, session);
				session.pending().send(toSend, pending);
			}
		}).exceptionally((ex) -> {
			pending.completeExceptionally(ex);
			return null;
		});
		return pending;
	}

	private <T> @Nullable T value(Response response, Type type) {
		if (response.type() == Response.Type.EXCEPTION) {
			throw RemoteCallException.of(response.value(), this.channel.converter());
		}
		if (type == void.class || type == Void.class) {
			return null;
		}
		try {
			return this.channel.converter().read(response.value(), type);
		}
		catch (PayloadException ex) {
			throw new IrpcClientException(ErrorCode.INTERNAL,
					"The answer of " + this.target + " is not of the type asked for: " + ex.getMessage(), ex);
		}
	}

	// a new exception for each caller, as others may wait for the same connection
	private RuntimeException failure(Throwable failure) {
		Throwable cause = failure;
		while ((cause instanceof ExecutionException || cause instanceof CompletionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		String message = "Call of " + this.target + ": " + cause.getMessage();
		if (cause instanceof TimeoutException) {
			return new CallTimeoutException(
					"No answer of " + this.target + " within " + this.timeout.toMillis() + " ms", cause);
		}
		if (cause instanceof NotConnectedException) {
			return new NotConnectedException(message, cause);
		}
		if (cause instanceof ConnectionLostException) {
			return new ConnectionLostException(message, cause);
		}
		return (cause instanceof RuntimeException unchecked) ? unchecked
				: new IrpcClientException(ErrorCode.INTERNAL, message, cause);
	}

	/**
	 * The response that is waited for. It stays pending after a timeout, so that a late
	 * response still finds its place.
	 */
	private static final class PendingResponse extends CompletableFuture<Response> implements ResponseListener {

		@Override
		public boolean received(Response response) {
			if (response.isFinal()) {
				complete(response);
			}
			return response.isFinal();
		}

		@Override
		public void closed(String reason) {
			completeExceptionally(
					new ConnectionLostException("the connection was lost before the answer: " + reason, null));
		}

	}

}
