package io.irpc.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to servers, over TCP or Unix domain sockets (protocol §1) or inside
 * this process. All transports of this process share their threads. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class IrpcClientTransport implements AutoCloseable {

	private static final SharedResource<EventLoops> shared = new SharedResource<>(
			() -> new EventLoops(new ClientThreads()), EventLoops::close);

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

	private final EventLoops loops = shared.acquire();

	private final Set<Future<?>> timers = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final ConnectionOptions options;

	private final Duration connectTimeout;

	/**
	 * Create a transport, to be closed.
	 * @param options limits and times of the connections
	 * @param connectTimeout time for a connection to be established, and again for its
	 * TLS handshake
	 */
	public IrpcClientTransport(ConnectionOptions options, Duration connectTimeout) {
		this.options = options;
		this.connectTimeout = connectTimeout;
	}

	/**
	 * Open a connection. The listener hears of its end; a connection that cannot be
	 * established, with TLS if there is a context for it, has no listener.
	 * @param address a TCP address, which is not looked up, a Unix domain socket address,
	 * or Netty's address of a server in this process
	 * @param tls how to cipher it, {@code null} for plain text
	 * @param listeners called on the event loop with the connection, before it is
	 * established
	 * @return completed on the event loop when the connection is established or has
	 * failed; with a {@link javax.net.ssl.SSLException} that tells why if TLS has, with
	 * an {@link UnknownHostException} if the address is not resolved, with a
	 * {@link ClosedChannelException} if this is closed
	 */
	public CompletableFuture<Void> connect(SocketAddress address, @Nullable TlsContext tls,
			Function<IrpcConnection, ConnectionListener> listeners) {
		if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
			return CompletableFuture.failedFuture(new UnknownHostException("unknown host " + inet.getHostString()));
		}
		if (this.closed.get()) {
			return CompletableFuture.failedFuture(new ClosedChannelException());
		}
		CompletableFuture<Void> result = new CompletableFuture<>();
		IoTransport io = IoTransport.of(address);
		new Bootstrap().group(this.loops.of(io))
			.channel(io.clientChannel(address))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS,
					(int) Math.min(Integer.MAX_VALUE, this.connectTimeout.toMillis()))
			.handler(new ConnectionInitializer(this.options, listeners, this.connections,
					(pipeline, connection) -> addTls(tls, pipeline, address,
							new OpeningHandler(connection, this.connectTimeout, result))))
			.connect(io.socketAddress(address))
			.addListener((connected) -> {
				if (!connected.isSuccess()) {
					result.completeExceptionally(connected.cause());
				}
				else if (tls == null) {
					result.complete(null);
				}
			});
		return result;
	}

	/**
	 * Run a task later, unless this is closed by then.
	 * @param task the task, which must not block
	 * @param delay when to run it
	 */
	public void schedule(Runnable task, Duration delay) {
		if (this.closed.get()) {
			return;
		}
		Future<?> timer = this.loops.schedule(task, delay.toNanos());
		this.timers.add(timer);
		timer.addListener((done) -> this.timers.remove(timer));
		if (this.closed.get()) {
			timer.cancel(false);
		}
	}

	/**
	 * Close the connections that there are, established or not. Others can be opened.
	 * @return completed when they are closed
	 */
	public CompletableFuture<Void> disconnect() {
		return CompletableFuture.allOf(this.connections.stream().map((channel) -> {
			CompletableFuture<Void> closed = new CompletableFuture<>();
			channel.close().addListener((done) -> closed.complete(null));
			return closed;
		}).toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * Close all connections, and end the threads if nobody else uses them. Waits for at
	 * most fifteen seconds.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.timers.forEach((timer) -> timer.cancel(false));
		// an event loop that is busy when it is shut down may forget its channels
		this.connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
		shared.release();
	}

	private static void addTls(@Nullable TlsContext tls, ChannelPipeline pipeline, SocketAddress address,
			OpeningHandler opening) {
		if (tls != null) {
			pipeline.addLast(tls.newHandler(pipeline.channel().alloc(), address), opening);
		}
	}

}
