package io.irpc.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.netty.channel.EventLoopGroup;

/**
 * Calls and subscribes on connections of Netty.
 *
 * @param askers the connections
 * @param loops their loops
 */
record RawCaller(RawAsker[] askers, EventLoopGroup loops) implements Peer.Caller {

	private static final byte[] FUNCTION = "\tfn:add\tvalue=".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] ECHO = "\tfn:echo\torder=".getBytes(StandardCharsets.US_ASCII);

	@Override
	public void add(int connection, int number, Peer.Reply reply) {
		this.askers[connection].call(FUNCTION, number, null, reply);
	}

	@Override
	public void echo(int connection, Order order, Peer.Reply reply) {
		this.askers[connection].call(ECHO, 0, order, reply);
	}

	@Override
	public void subscribe(Supplier<Runnable> deliveries) {
		for (int i = 0; i < this.askers.length; i++) {
			this.askers[i].listen(deliveries.get());
			try {
				call(i, 0);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@Override
	public boolean add(int number) throws Exception {
		return call(0, number);
	}

	private boolean call(int connection, int number) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		AtomicBoolean result = new AtomicBoolean();
		add(connection, number, new Peer.Reply() {

			@Override
			public void answered(Object answer) {
				result.set(answer.equals(true));
				done.countDown();
			}

			@Override
			public void failed(Throwable failure) {
				done.countDown();
			}

		});
		done.await();
		return result.get();
	}

	@Override
	public void close() {
		this.loops.shutdownGracefully();
	}

}
