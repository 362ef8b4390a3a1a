package io.irpc.actuate;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A function that keeps a server from having drained until it is let go.
 */
@IrpcService
final class HeldFunction {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	public boolean hold() throws InterruptedException {
		this.begun.countDown();
		this.released.await();
		return true;
	}

	/**
	 * Call it, and wait until it runs.
	 * @param client calls it
	 * @throws InterruptedException if the thread is interrupted
	 */
	void begin(RawClient client) throws InterruptedException {
		client.send("!call@1\tfn:hold");
		assertThat(this.begun.await(10, TimeUnit.SECONDS)).isTrue();
	}

	void release() {
		this.released.countDown();
	}

}
