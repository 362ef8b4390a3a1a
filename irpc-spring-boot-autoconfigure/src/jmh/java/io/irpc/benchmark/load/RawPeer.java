package io.irpc.benchmark.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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

/**
 * The yardstick: Netty with the lines of the protocol, without JSON, look-up of functions
 * and anything else, or with the first two alone. A line of a call begins with its id.
 *
 * @param answerer what a connection of the server has
 * @param asker what a connection of a client has
 */
record RawPeer(Function<ChannelGroup, RawAnswerer> answerer, Supplier<RawAsker> asker) implements Peer {

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
					child.pipeline().addLast(RawPeer.this.answerer.apply(subscribers));
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
			RawAsker asker = this.asker.get();
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

}
