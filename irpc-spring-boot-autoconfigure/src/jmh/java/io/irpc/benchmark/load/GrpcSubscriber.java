package io.irpc.benchmark.load;

import java.util.concurrent.CompletableFuture;

import io.grpc.stub.StreamObserver;
import io.irpc.benchmark.load.proto.NumberMessage;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of a subscription, the first of which confirms it.
 */
final class GrpcSubscriber implements StreamObserver<NumberMessage> {

	private final CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();

	private final Runnable delivery;

	GrpcSubscriber(Runnable delivery) {
		this.delivery = delivery;
	}

	/**
	 * Wait until the server knows the subscription.
	 */
	void awaitConfirmation() {
		this.confirmed.join();
	}

	@Override
	public void onNext(NumberMessage number) {
		if (!this.confirmed.complete(null)) {
			this.delivery.run();
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.confirmed.completeExceptionally(failure);
	}

	@Override
	public void onCompleted() {
		this.confirmed.cancel(false);
	}

}
