package io.irpc.benchmark.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
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
			public void raise(int first, int count) {
				ByteBuf events = Unpooled.directBuffer(count * 32);
				for (int i = 0; i < count; i++) {
					ByteBufUtil.writeAscii(events, "!event:tick\tnumber=" + (first + i) + "\n");
				}
				subscribers.writeAndFlush(events, ChannelMatchers.all(), true);
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
		RawAsker[] askers = new RawAsker[connections];
		for (int i = 0; i < connections; i++) {
			RawAsker asker = new RawAsker();
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
	 * Answers each line of a read, and writes the answers of one read at once.
	 */
	private static final class Answerer extends RawLines {

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
			int idStart = start + RawAsker.CALL.length;
			int idEnd = in.indexOf(idStart, end, (byte) '\t');
			this.out.writeByte('>').writeBytes(in, idStart, idEnd - idStart);
			if (in.getByte(idEnd + "\tfn:".length()) == 'a') {
				boolean even = (in.getByte(end - 1) & 1) == 0;
				this.out.writeBytes(even ? TRUE : FALSE);
			}
			else {
				this.out.writeByte('\t').writeByte('\t');
				int valueStart = idEnd + "\tfn:echo\torder=".length();
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

}
