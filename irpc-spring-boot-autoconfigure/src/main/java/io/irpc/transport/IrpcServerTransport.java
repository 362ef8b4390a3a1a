package io.irpc.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Accepts connections on one or more addresses, TCP or Unix domain sockets (protocol §1)
 * or addresses inside this process. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class IrpcServerTransport implements AutoCloseable {

	private static final int BACKLOG = 1024;

	private static final int MIN_READ_SIZE = 64;

	private static final int INITIAL_READ_SIZE = 2048;

	private static final int MAX_READ_SIZE = 16 * 1024;

	private static final int READS_PER_TURN = 4;

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

	private final EventLoops loops;

	private final ConnectionInitializer initializer;

	private final List<Channel> channels = new ArrayList<>();

	private final List<UnixSocketFile> files = new ArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private boolean kept;

	/**
	 * Create a transport with threads of its own; nothing is bound yet.
	 * @param options limits and times of the connections
	 * @param security how to cipher them
	 * @param listeners called on the event loop for each connection accepted
	 */
	public IrpcServerTransport(ConnectionOptions options, ServerSecurity security,
			Function<IrpcConnection, ConnectionListener> listeners) {
		ServerEntrance entrance = new ServerEntrance(security);
		this.loops = new EventLoops(new LoopThreads("irpc-server-io"));
		this.initializer = new ConnectionInitializer(options, listeners, this.connections, entrance);
	}

	/**
	 * Bind an address and accept connections on it. A Unix domain socket is for the owner
	 * of the process alone; one that a dead process left behind is replaced.
	 * @param address a TCP or Unix domain socket address, or one of Netty's addresses
	 * inside this process
	 * @return the address bound, with the actual port
	 * @throws IOException if the address cannot be bound
	 */
	public SocketAddress bind(SocketAddress address) throws IOException {
		UnixSocketFile file = (address instanceof UnixDomainSocketAddress unix) ? new UnixSocketFile(unix.getPath())
				: null;
		if (file != null) {
			file.prepare();
		}
		IoTransport io = IoTransport.of(address);
		ServerBootstrap bootstrap = new ServerBootstrap().group(this.loops.of(io))
			.channel(io.serverChannel(address))
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, turns())
			.childHandler(this.initializer);
		if (io.supportsHalfClosure(address)) {
			bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		}
		if (io != IoTransport.LOCAL) {
			bootstrap.option(ChannelOption.SO_BACKLOG, BACKLOG);
		}
		if (address instanceof InetSocketAddress) {
			bootstrap.option(ChannelOption.SO_REUSEADDR, true);
		}
		ChannelFuture bound = bootstrap.bind(io.socketAddress(address)).awaitUninterruptibly();
		if (!bound.isSuccess()) {
			throw bindException(bound.cause());
		}
		this.channels.add(bound.channel());
		keepProcess();
		if (file != null) {
			this.files.add(file);
			file.restrict();
		}
		SocketAddress local = bound.channel().localAddress();
		return (local instanceof DomainSocketAddress) ? address : local;
	}

	// the other threads, which may run what does not end, do not
	private void keepProcess() {
		if (!this.kept) {
			this.kept = true;
			Thread keeper = new Thread(this::awaitEnd, "irpc-server-await");
			keeper.setDaemon(false);
			keeper.start();
		}
	}

	private void awaitEnd() {
		while (this.closed.getCount() > 0) {
			try {
				this.closed.await();
			}
			catch (InterruptedException ex) {
				// not at an end yet
			}
		}
	}

	/**
	 * Accept no more connections; those accepted go on.
	 */
	public void stopAccepting() {
		this.channels.forEach((channel) -> channel.close().awaitUninterruptibly());
		this.channels.clear();
		this.files.forEach(UnixSocketFile::delete);
		this.files.clear();
	}

	/**
	 * Stop accepting, close all connections and end the threads. Waits for at most
	 * fifteen seconds.
	 */
	@Override
	public void close() {
		stopAccepting();
		// an event loop that is busy when it is shut down may forget its channels
		this.connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
		this.loops.close();
		this.closed.countDown();
	}

	// little at a time, so that a peer that floods leaves the event loop to the others
	private static RecvByteBufAllocator turns() {
		return new AdaptiveRecvByteBufAllocator(MIN_READ_SIZE, INITIAL_READ_SIZE, MAX_READ_SIZE)
			.maxMessagesPerRead(READS_PER_TURN);
	}

	// the native transports have an exception of their own
	private static BindException bindException(Throwable cause) {
		if (cause instanceof BindException ex) {
			return ex;
		}
		BindException ex = new BindException((cause.getMessage() != null) ? cause.getMessage() : cause.toString());
		ex.initCause(cause);
		return ex;
	}

}
