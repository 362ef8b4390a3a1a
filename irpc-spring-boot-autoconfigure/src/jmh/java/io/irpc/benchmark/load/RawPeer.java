package io.irpc.benchmark.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The yardstick: Netty with the lines of the protocol, without JSON, look-up of functions
 * and anything else. A line of a call ends with its id; answers stand in order.
 */
final class RawPeer implements Peer {

	private static final byte[] CALL = "!call@".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] FUNCTION = "\tfn:add\tvalue=".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] ECHO = "\tfn:echo\torder=".getBytes(StandardCharsets.US_ASCII);

	@Override
	public Service serve() throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
		ChannelGroup subscribers = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		Channel channel = new ServerBootstrap().group(loops)
			.channel(NioServerSocketChannel.class)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel child) {
					child.pipeline().addLast(new Answerer(subscribers));
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sync()
			.channel();
		return new Service() {

			@Override
			public int port() {
				return ((InetSocketAddress) channel.localAddress()).getPort();
			}

			@Override
			public void raise(int number) {
				byte[] event = ("!event:tick\tnumber=" + number + "\n").getBytes(StandardCharsets.US_ASCII);
				subscribers.writeAndFlush(Unpooled.wrappedBuffer(event), ChannelMatchers.all(), true);
			}

			@Override
			public void close() {
				loops.shutdownGracefully();
			}

		};
	}

	@Override
	public Caller connect(int port, int connections) throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
		Asker[] askers = new Asker[connections];
		for (int i = 0; i < connections; i++) {
			Asker asker = new Asker();
			askers[i] = asker;
			new Bootstrap().group(loops)
				.channel(NioSocketChannel.class)
				.option(ChannelOption.TCP_NODELAY, true)
				.handler(asker)
				.connect(InetAddress.getLoopbackAddress(), port)
				.sync();
		}
		return new RawCaller(askers, loops);
	}

	/**
	 * Finds the lines of what is read, a started one is kept.
	 */
	private abstract static class Lines extends ChannelInboundHandlerAdapter {

		private @Nullable ByteBuf rest;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ByteBuf in = (ByteBuf) message;
			if (this.rest != null) {
				in = this.rest.writeBytes(in);
				((ByteBuf) message).release();
				this.rest = null;
			}
			int start = in.readerIndex();
			for (int end = lineEnd(in, start); end >= 0; end = lineEnd(in, start)) {
				line(ctx, in, start, end);
				start = end + 1;
			}
			in.readerIndex(start);
			if (in.isReadable()) {
				this.rest = ctx.alloc().buffer(in.readableBytes() * 2).writeBytes(in);
			}
			in.release();
		}

		private static int lineEnd(ByteBuf in, int start) {
			return in.indexOf(start, in.writerIndex(), (byte) '\n');
		}

		abstract void line(ChannelHandlerContext ctx, ByteBuf in, int start, int end);

	}

	/**
	 * Answers each line of a read, and writes the answers of one read at once.
	 */
	private static final class Answerer extends Lines {

		private static final byte[] TRUE = "\t\ttrue\n".getBytes(StandardCharsets.US_ASCII);

		private static final byte[] FALSE = "\t\tfalse\n".getBytes(StandardCharsets.US_ASCII);

		private final ChannelGroup subscribers;

		private @Nullable ByteBuf out;

		Answerer(ChannelGroup subscribers) {
			this.subscribers = subscribers;
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			this.subscribers.add(ctx.channel());
		}

		@Override
		void line(ChannelHandlerContext ctx, ByteBuf in, int start, int end) {
			if (this.out == null) {
				this.out = ctx.alloc().buffer(1024);
			}
			int idStart = start + CALL.length;
			int idEnd = in.indexOf(idStart, end, (byte) '\t');
			this.out.writeByte('>').writeBytes(in, idStart, idEnd - idStart);
			if (in.getByte(idEnd + "\tfn:".length()) == 'a') {
				boolean even = (in.getByte(end - 1) & 1) == 0;
				this.out.writeBytes(even ? TRUE : FALSE);
			}
			else {
				this.out.writeByte('\t').writeByte('\t');
				int valueStart = idEnd + ECHO.length;
				this.out.writeBytes(in, valueStart, end - valueStart).writeByte('\n');
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			ByteBuf answers = this.out;
			this.out = null;
			if (answers != null) {
				ctx.writeAndFlush(answers, ctx.voidPromise());
			}
		}

	}

	/**
	 * Sends calls, those that follow from one read at once.
	 */
	private static final class Asker extends Lines {

		private final AtomicReference<@Nullable ChannelHandlerContext> context = new AtomicReference<>();

		private @Nullable Reply[] replies = new Reply[256];

		private final int[] free = new int[256];

		private int freeCount;

		private int used;

		private @Nullable ByteBuf out;

		private boolean reading;

		private volatile Runnable delivery = () -> {
		};

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			this.context.set(ctx);
		}

		ChannelHandlerContext context() {
			ChannelHandlerContext ctx = this.context.get();
			while (ctx == null) {
				Thread.onSpinWait();
				ctx = this.context.get();
			}
			return ctx;
		}

		void call(byte[] function, int number, byte @Nullable [] value, Reply reply) {
			ChannelHandlerContext ctx = context();
			if (!ctx.executor().inEventLoop()) {
				ctx.executor().execute(() -> call(function, number, value, reply));
				return;
			}
			int id = (this.freeCount > 0) ? this.free[--this.freeCount] : this.used++;
			this.replies[id] = reply;
			ByteBuf buffer = (this.out != null) ? this.out : ctx.alloc().buffer(1024);
			this.out = buffer;
			buffer.writeBytes(CALL);
			writeNumber(buffer, id);
			buffer.writeBytes(function);
			if (value != null) {
				buffer.writeBytes(value);
			}
			else {
				writeNumber(buffer, number);
			}
			buffer.writeByte('\n');
			if (!this.reading) {
				channelReadComplete(ctx);
			}
		}

		private static void writeNumber(ByteBuf buffer, int number) {
			int divisor = 1;
			while (number / divisor >= 10) {
				divisor *= 10;
			}
			for (; divisor > 0; divisor /= 10) {
				buffer.writeByte('0' + number / divisor % 10);
			}
		}

		@Override
		void line(ChannelHandlerContext ctx, ByteBuf in, int start, int end) {
			if (in.getByte(start) == '!') {
				this.delivery.run();
				return;
			}
			this.reading = true;
			int id = 0;
			int i = start + 1;
			for (byte digit = in.getByte(i); digit != '\t'; digit = in.getByte(++i)) {
				id = 10 * id + digit - '0';
			}
			Reply reply = this.replies[id];
			this.replies[id] = null;
			this.free[this.freeCount++] = id;
			if (reply != null) {
				byte first = in.getByte(i + 2);
				boolean whole = first == 't' || (first == '{' && end - i - 2 == OrderJson.EXAMPLE.length);
				reply.answered(whole);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			this.reading = false;
			ByteBuf calls = this.out;
			this.out = null;
			if (calls != null) {
				ctx.writeAndFlush(calls, ctx.voidPromise());
			}
		}

	}

	private record RawCaller(Asker[] askers, EventLoopGroup loops) implements Caller {

		@Override
		public void add(int connection, int number, Reply reply) {
			this.askers[connection].call(FUNCTION, number, null, reply);
		}

		@Override
		public void echo(int connection, Order order, Reply reply) {
			this.askers[connection].call(ECHO, 0, OrderJson.EXAMPLE, reply);
		}

		@Override
		public void subscribe(Runnable delivery) {
			for (int i = 0; i < this.askers.length; i++) {
				this.askers[i].delivery = delivery;
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
			add(connection, number, new Reply() {

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

}
