package io.irpc.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Opens connections to servers, over TCP or Unix domain sockets (protocol §1). Safe for
 * use by many threads.
 *
 * @since 0.1.0
 */
public final class IrpcClientTransport implements AutoCloseable {

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

	private final IoTransport io = IoTransport.best();

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("irpc-client-io", true), this.io.ioHandlerFactory());

	private final ConnectionOptions options;

	private final Duration connectTimeout;

	/**
	 * Create a transport with a thread of its own.
	 * @param options limits and times of the connections
	 * @param connectTimeout time for a connection to be established
	 */
	public IrpcClientTransport(ConnectionOptions options, Duration connectTimeout) {
		this.options = options;
		this.connectTimeout = connectTimeout;
	}

	/**
	 * Open a connection. The listener hears of its end; a connection that cannot be
	 * established has no listener.
	 * @param address a TCP address, resolved now if it is not yet, or a Unix domain
	 * socket address
	 * @param listeners called on the event loop with the connection, before it is
	 * established
	 * @return completed on the event loop when the connection is established or has
	 * failed
	 */
	public CompletableFuture<Void> connect(SocketAddress address,
			Function<IrpcConnection, ConnectionListener> listeners) {
		CompletableFuture<Void> result = new CompletableFuture<>();
		new Bootstrap().group(this.group)
			.channel(this.io.clientChannel(address))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(this.connectTimeout.toMillis()))
			.handler(new ConnectionInitializer(this.options, listeners, this.connections))
			.connect(this.io.socketAddress(address))
			.addListener((connected) -> {
				if (connected.isSuccess()) {
					result.complete(null);
				}
				else {
					result.completeExceptionally(connected.cause());
				}
			});
		return result;
	}

	/**
	 * Run a task later.
	 * @param task the task, which must not block
	 * @param delay when to run it
	 */
	public void schedule(Runnable task, Duration delay) {
		if (!this.group.isShuttingDown()) {
			this.group.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Close all connections and end the thread. Waits for at most fifteen seconds.
	 */
	@Override
	public void close() {
		// an event loop that is busy when it is shut down may forget its channels
		this.connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
	}

}
