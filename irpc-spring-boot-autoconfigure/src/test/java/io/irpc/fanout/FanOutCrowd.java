package io.irpc.fanout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ResourceLeakDetector;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of subscribers on one thread, that count what they are sent, acknowledge it,
 * and do nothing else with it.
 */
final class FanOutCrowd implements AutoCloseable {

	private static final int AT_ONCE = 250;

	static {
		// the tests' detection of leaks would take longer than all else
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
	}

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final List<Subscriber> subscribers = new ArrayList<>();

	FanOutCrowd(int port, int count) throws InterruptedException {
		InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		List<ChannelFuture> connecting = new ArrayList<>();
		while (this.subscribers.size() < count) {
			Subscriber subscriber = new Subscriber();
			this.subscribers.add(subscriber);
			connecting.add(new Bootstrap().group(this.group)
				.channel(NioSocketChannel.class)
				.handler(subscriber)
				.connect(server));
			if (connecting.size() == AT_ONCE) {
				for (ChannelFuture connected : connecting) {
					connected.sync();
				}
				connecting.clear();
			}
		}
		for (ChannelFuture connected : connecting) {
			connected.sync();
		}
	}

	int size() {
		return this.subscribers.size();
	}

	Subscriber first() {
		return this.subscribers.get(0);
	}

	/**
	 * Send a command of each subscriber and wait for the answers.
	 * @param commands the command by the number of the subscriber
	 */
	void ask(IntFunction<String> commands) {
		long before = first().answers;
		for (int i = 0; i < this.subscribers.size(); i++) {
			this.subscribers.get(i).send(commands.apply(i) + "\n");
		}
		await(this.subscribers, (subscriber) -> subscriber.answers, before + 1);
	}

	/**
	 * Wait until subscribers have been sent so many events since they were connected.
	 * @param which the subscribers
	 * @param count how many
	 */
	void awaitEvents(List<Subscriber> which, long count) {
		await(which, (subscriber) -> subscriber.events, count);
	}

	List<Subscriber> all() {
		return this.subscribers;
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly(20, TimeUnit.SECONDS);
	}

	private static void await(List<Subscriber> which, ToLongFunction<Subscriber> counter, long count) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.failFast(() -> which.forEach((subscriber) -> assertThat(subscriber.failure).isEmpty()))
			.untilAsserted(() -> assertThat(which.stream().mapToLong(counter).min().orElseThrow())
				.isGreaterThanOrEqualTo(count));
		which.forEach((subscriber) -> assertThat(counter.applyAsLong(subscriber)).isEqualTo(count));
	}

	/**
	 * One of the crowd.
	 */
	static final class Subscriber extends ByteToMessageDecoder {

		private static final byte[] ACKNOWLEDGEMENT = "\t\tnull\n".getBytes(StandardCharsets.US_ASCII);

		private volatile @Nullable Channel channel;

		private volatile long events;

		private volatile long answers;

		private volatile String failure = "";

		// since the channel was read last
		private ByteBuf acknowledgements = Unpooled.EMPTY_BUFFER;

		/**
		 * Read what comes, or nothing at all.
		 * @param reading whether to read
		 */
		void setReading(boolean reading) {
			Objects.requireNonNull(this.channel).config().setAutoRead(reading);
		}

		void send(String line) {
			Objects.requireNonNull(this.channel).writeAndFlush(Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII));
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			this.channel = ctx.channel();
		}

		@Override
		protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
			int start = in.readerIndex();
			int end = in.indexOf(start, in.writerIndex(), (byte) '\n');
			if (end < 0) {
				return;
			}
			int tab = in.indexOf(start, end, (byte) '\t');
			if (in.getByte(start) == '!') {
				acknowledge(ctx, in, in.indexOf(start, end, (byte) '@') + 1, (tab < 0) ? end : tab);
				// the only other command is a ping
				this.events += (in.getByte(start + 1) == 'c') ? 1 : 0;
			}
			else if (in.getByte(tab + 1) == 'S') {
				this.events++;
			}
			else if (in.getByte(tab + 1) == '\t') {
				this.answers++;
			}
			else {
				this.failure = in.toString(start, end - start, StandardCharsets.US_ASCII);
			}
			in.readerIndex(end + 1);
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
			if (this.acknowledgements.isReadable()) {
				ctx.writeAndFlush(this.acknowledgements);
				this.acknowledgements = Unpooled.EMPTY_BUFFER;
			}
			super.channelReadComplete(ctx);
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) throws Exception {
			this.failure = "closed by the server";
			super.channelInactive(ctx);
		}

		private void acknowledge(ChannelHandlerContext ctx, ByteBuf in, int start, int end) {
			if (this.acknowledgements.capacity() == 0) {
				this.acknowledgements = ctx.alloc().buffer();
			}
			this.acknowledgements.writeByte('>').writeBytes(in, start, end - start).writeBytes(ACKNOWLEDGEMENT);
		}

	}

}
