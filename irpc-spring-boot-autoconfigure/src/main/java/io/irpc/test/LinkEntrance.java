package io.irpc.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Connects each client of a link to the server, on one event loop. A client is reset if
 * the server cannot be reached.
 */
final class LinkEntrance implements AutoCloseable {

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("bad-link", true), NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	private final int target;

	private final BiConsumer<SocketChannel, SocketChannel> connected;

	private final Channel listener;

	/**
	 * Open an entrance on any free port of the loopback interface.
	 * @param target the port of the server there
	 * @param connected called on the event loop with the channels of a client and of the
	 * server, which do not read by themselves
	 */
	LinkEntrance(int target, BiConsumer<SocketChannel, SocketChannel> connected) {
		this.target = target;
		this.connected = connected;
		this.listener = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel client) {
					connect(client);
				}

			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
	}

	int port() {
		return ((InetSocketAddress) this.listener.localAddress()).getPort();
	}

	/**
	 * Run a task on the event loop, and wait for its end.
	 * @param task the task
	 */
	void run(Runnable task) {
		if (this.loop.isShuttingDown()) {
			throw new IllegalStateException("The link is closed");
		}
		this.loop.submit(task).syncUninterruptibly();
	}

	/**
	 * Accept no more clients.
	 */
	void shut() {
		this.listener.close().syncUninterruptibly();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

	private void connect(SocketChannel client) {
		new Bootstrap().group(this.loop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.AUTO_READ, false)
			.option(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.handler(new ChannelInboundHandlerAdapter())
			.connect(InetAddress.getLoopbackAddress(), this.target)
			.addListener((ChannelFuture server) -> {
				if (server.isSuccess()) {
					this.connected.accept(client, (SocketChannel) server.channel());
				}
				else {
					BadConnection.reset(client);
				}
			});
	}

}
