package io.irpc.soak;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Opens hostile connections of all kinds at a steady rate, from addresses of the loopback
 * network that are not those of the users; each lasts for a while.
 */
final class HostileCrowd implements AutoCloseable {

	private static final int ADDRESSES = 19;

	private static final int INTERVAL_MILLIS = 12;

	private static final int TURN_MILLIS = 200;

	private static final int TURNS = 60;

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

	private final AtomicInteger opened = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger mostOpen = new AtomicInteger();

	private final Future<?> timer;

	private final int port;

	private int number;

	HostileCrowd(int port) {
		this.port = port;
		this.timer = this.group.next().scheduleAtFixedRate(this::connect, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
	}

	int opened() {
		return this.opened.get();
	}

	int mostOpen() {
		return this.mostOpen.get();
	}

	@Override
	public void close() {
		this.timer.cancel(false);
		// an event loop that is busy when it is shut down may forget its channels
		this.channels.close().awaitUninterruptibly(10, TimeUnit.SECONDS);
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	private void connect() {
		int current = this.number++;
		HostileKind kind = HostileKind.values()[current % HostileKind.values().length];
		Channel channel = new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.AUTO_READ, kind.reads())
			.handler(new Discard())
			.localAddress(new InetSocketAddress("127.0.0." + (2 + current % ADDRESSES), 0))
			.connect(new InetSocketAddress("127.0.0.1", this.port))
			.addListener((connected) -> {
				if (connected.isSuccess()) {
					this.opened.incrementAndGet();
				}
			})
			.channel();
		channel.pipeline().addLast(new Turns(kind));
		this.channels.add(channel);
	}

	/**
	 * Sends at each turn, as long as the connection takes it.
	 */
	private final class Turns extends ChannelInboundHandlerAdapter {

		private final HostileKind kind;

		private int turn;

		Turns(HostileKind kind) {
			this.kind = kind;
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			HostileCrowd.this.mostOpen.accumulateAndGet(HostileCrowd.this.open.incrementAndGet(), Math::max);
			take(ctx.channel());
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			HostileCrowd.this.open.decrementAndGet();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

		private void take(Channel channel) {
			if (!channel.isActive()) {
				return;
			}
			if (this.turn >= TURNS) {
				channel.close();
				return;
			}
			if (channel.isWritable()) {
				String text = this.kind.text(this.turn++);
				if (!text.isEmpty()) {
					channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
				}
			}
			else {
				this.turn++;
			}
			channel.eventLoop().schedule(() -> take(channel), TURN_MILLIS, TimeUnit.MILLISECONDS);
		}

	}

	private static final class Discard extends SimpleChannelInboundHandler<ByteBuf> {

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
		}

	}

}
