package io.irpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application of one gap before it gets the events behind it.
 *
 * @param gap the gap
 * @param handler told of it
 * @param handled completed when it is told
 */
record GapTask(EventGap gap, Consumer<? super EventGap> handler,
		CompletableFuture<Void> handled) implements DeliveryQueue.Task {

	private static final Log logger = LogFactory.getLog(EventSubscription.class);

	@Override
	public @Nullable Duration attempt() {
		try {
			this.handler.accept(this.gap);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Cannot handle the gap in the subscription " + this.gap.subscription(), LogSafe.failure(ex));
		}
		this.handled.complete(null);
		return null;
	}

	@Override
	public void cancel() {
		this.handled.completeExceptionally(new IrpcException(ErrorCode.CANCELLED, "The subscription is closed"));
	}

	@Override
	public boolean holdsOthers() {
		return true;
	}

}
