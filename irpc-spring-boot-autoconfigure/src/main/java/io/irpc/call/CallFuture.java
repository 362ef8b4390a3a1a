package io.irpc.call;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The value of a call that comes later. Whoever cancels it cancels the call (protocol §6,
 * feature {@code cancel}).
 *
 * @param <T> the type of the value
 */
final class CallFuture<T> extends CompletableFuture<@Nullable T> {

	private final CallExecution execution;

	CallFuture(CallExecution execution) {
		this.execution = execution;
	}

	CallExecution execution() {
		return this.execution;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			this.execution.cancel(mayInterruptIfRunning);
			this.execution.abandoned();
		}
		return cancelled;
	}

}
