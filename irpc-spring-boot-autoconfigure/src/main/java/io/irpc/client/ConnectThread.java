package io.irpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs what may block while a connection is made, such as looking up names, on a thread
 * of its own: all others may be waiting for the connection.
 */
final class ConnectThread implements Executor, AutoCloseable {

	private final ThreadPoolExecutor executor;

	ConnectThread() {
		this.executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			Thread thread = new Thread(task, "irpc-client-connect");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.allowCoreThreadTimeOut(true);
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	/**
	 * Ask for something.
	 * @param <T> the type of the answer
	 * @param question the question
	 * @return completed with the answer, or with what was thrown
	 */
	<T extends @Nullable Object> CompletableFuture<T> ask(Supplier<T> question) {
		try {
			return CompletableFuture.supplyAsync(question, this.executor);
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
