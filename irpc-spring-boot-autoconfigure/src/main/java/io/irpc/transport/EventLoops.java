package io.irpc.transport;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * The event loops of one server, or of all clients. Those for sockets are made at once,
 * those for addresses inside this process when the first one is used.
 */
final class EventLoops {

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final Map<IoTransport, MultiThreadIoEventLoopGroup> groups = new EnumMap<>(IoTransport.class);

	private final ThreadFactory threadFactory;

	private final MultiThreadIoEventLoopGroup sockets;

	private boolean closed;

	/**
	 * Create event loops, one for each processor and kind of I/O, as nothing waits there.
	 * A thread begins with the first connection of its loop.
	 * @param threadFactory makes them
	 */
	EventLoops(ThreadFactory threadFactory) {
		this.threadFactory = threadFactory;
		this.sockets = of(IoTransport.best());
	}

	synchronized MultiThreadIoEventLoopGroup of(IoTransport io) {
		MultiThreadIoEventLoopGroup group = this.groups.computeIfAbsent(io,
				(kind) -> kind.isForAnyThread() ? leaders(kind)
						: new MultiThreadIoEventLoopGroup(PROCESSORS, this.threadFactory, kind.ioHandlerFactory()));
		if (this.closed) {
			group.shutdownGracefully();
		}
		return group;
	}

	private MultiThreadIoEventLoopGroup leaders(IoTransport io) {
		ExecutorService threads = Executors.newCachedThreadPool(this.threadFactory);
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(PROCESSORS, threads,
				io.ioHandlerFactory()) {

			@Override
			protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
				return new LeaderEventLoop(this, executor, handlers);
			}

		};
		group.terminationFuture().addListener((terminated) -> threads.shutdown());
		return group;
	}

	/**
	 * Run a task later, unless the event loops are closed by then.
	 * @param task the task, which must not block
	 * @param nanos when to run it
	 * @return to cancel it
	 */
	Future<?> schedule(Runnable task, long nanos) {
		return this.sockets.isShuttingDown() ? GlobalEventExecutor.INSTANCE.newSucceededFuture(null)
				: this.sockets.schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * End the threads. Waits for at most ten seconds.
	 */
	synchronized void close() {
		this.closed = true;
		this.groups.forEach((io, group) -> group.shutdownGracefully(io.quietPeriod().toMillis(), TIMEOUT.toMillis(),
				TimeUnit.MILLISECONDS));
		if (!ClientThreads.isCurrent()) {
			this.groups.values()
				.forEach((group) -> group.terminationFuture().awaitUninterruptibly(10, TimeUnit.SECONDS));
		}
	}

}
