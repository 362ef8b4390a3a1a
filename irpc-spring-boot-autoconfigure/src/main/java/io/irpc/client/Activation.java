package io.irpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.irpc.call.IrpcClientException;
import io.irpc.call.RemoteCallException;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.Response;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells those who wait for a subscription how the server has answered it.
 *
 * @param event the name of the event
 * @param future completed with the answer
 * @param converter reads errors
 * @param executor runs those who wait
 */
record Activation(String event, CompletableFuture<Void> future, PayloadConverter converter, Executor executor) {

	private static final Log logger = LogFactory.getLog(EventSubscription.class);

	void succeed() {
		execute(() -> this.future.complete(null));
	}

	void refuse(Response response) {
		execute(() -> refuse(failure(response)));
	}

	/**
	 * Refuse the subscription. Called on a thread that may block.
	 * @param failure why
	 */
	void refuse(IrpcClientException failure) {
		logger.warn("The server refuses the subscription to the event " + this.event + ": "
				+ LogSafe.text(failure.getMessage()));
		this.future.completeExceptionally(failure);
	}

	RemoteCallException failure(Response response) {
		return RemoteCallException.of(response.value(), this.converter);
	}

	void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The client is closed, so nobody waits for the event " + this.event);
		}
	}

}
