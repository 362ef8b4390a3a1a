package io.irpc.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.irpc.protocol.LogSafe;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An event loop of the pattern leader and followers. Whichever thread leads it reads,
 * writes and runs what the loop is given, one turn after the other; between two turns it
 * is outside of the loop, and may do there what has to wait (see {@link Leadership}).
 * When that takes long, another thread comes in, and leads from then on. This spares what
 * does not take long the way to another thread and back, which Netty's own event loops,
 * each with one thread for good, do not allow.
 * <p>
 * It needs an {@link IoHandler} that any thread may run.
 */
final class LeaderEventLoop extends OwnEventLoop {

	private static final Log logger = LogFactory.getLog(LeaderEventLoop.class);

	// known by its identity
	@SuppressWarnings("UnnecessaryLambda")
	private static final Runnable LAST_OF_ROUND = () -> {
	};

	/**
	 * How often tasks that give rise to others keep sockets waiting.
	 */
	private static final int MAX_ROUNDS = 8;

	private static final long FAILURE_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/**
	 * Who is inside of the loop; guards all that only the event loop may use.
	 */
	private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();

	private final AtomicBoolean started = new AtomicBoolean();

	/**
	 * Whether a thread is on its way to come in.
	 */
	private final AtomicBoolean coming = new AtomicBoolean();

	private final Promise<Void> termination = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);

	private final Waiting waiting = new Waiting();

	private final Executor threads;

	private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

	private @Nullable Leadership leadership;

	private boolean initialized;

	/**
	 * Create an event loop without a thread, which comes with the first task.
	 * @param parent the group that it belongs to
	 * @param threads runs each task on a thread of its own
	 * @param io makes what does the I/O
	 */
	LeaderEventLoop(IoEventLoopGroup parent, Executor threads, IoHandlerFactory io) {
		super(parent, io);
		this.threads = threads;
	}

	/**
	 * Have another thread lead, if the one that does is outside of the loop. Safe for use
	 * by any thread.
	 */
	void replaceLeader() {
		if (this.inside.get() == null && !isTerminated() && this.coming.compareAndSet(false, true)) {
			try {
				this.threads.execute(this::lead);
			}
			catch (Throwable ex) {
				this.coming.set(false);
				throw ex;
			}
		}
	}

	// whoever finds another thread inside when it comes in does not lead any more
	private void lead() {
		this.coming.set(false);
		Leadership mine = new Leadership(this);
		try {
			while (comeIn(mine)) {
				leadUntilWork(mine);
				mine.work();
			}
		}
		catch (Throwable ex) {
			logger.error("Unexpected end of the leader of an event loop", LogSafe.failure(ex));
			// or with the next task, if there is no memory for a thread now
			start();
		}
		finally {
			mine.end();
		}
	}

	private void leadUntilWork(Leadership mine) {
		try {
			do {
				turn();
			}
			while (!mine.hasWork() && !isTerminated());
		}
		finally {
			this.inside.set(null);
		}
	}

	private boolean comeIn(Leadership newLeadership) {
		if (!this.inside.compareAndSet(null, Thread.currentThread())) {
			return false;
		}
		if (isTerminated()) {
			this.inside.set(null);
			return false;
		}
		this.leadership = newLeadership;
		return true;
	}

	/**
	 * Run the tasks that wait, if no other thread is inside.
	 */
	void runTasksNow() {
		if (this.inside.compareAndSet(null, Thread.currentThread())) {
			try {
				runTasks();
			}
			finally {
				this.inside.set(null);
			}
		}
	}

	private void turn() {
		try {
			if (!this.initialized) {
				this.initialized = true;
				io().initialize();
			}
			io().run(this.waiting);
			runTasks();
			if (isShuttingDown()) {
				terminate();
			}
		}
		catch (Throwable ex) {
			logger.error("Unexpected failure of an event loop", LogSafe.failure(ex));
			LockSupport.parkNanos(FAILURE_PAUSE);
		}
	}

	// what sockets give rise to is done before they have their turn again, lest it grow
	// without end; what that gives rise to as well, unless it has no end itself
	private void runTasks() {
		fetchFromScheduledTaskQueue(this.tasks);
		for (int i = 0; i < MAX_ROUNDS && !this.tasks.isEmpty(); i++) {
			this.tasks.add(LAST_OF_ROUND);
			runTasksBefore(LAST_OF_ROUND);
		}
	}

	private void runTasksBefore(@Nullable Runnable end) {
		for (Runnable task = this.tasks.poll(); task != end; task = this.tasks.poll()) {
			safeExecute(task);
		}
	}

	private void terminate() {
		cancelScheduledTasks();
		runTasksBefore(null);
		io().prepareToDestroy();
		runTasksBefore(null);
		this.state.set(State.SHUT_DOWN);
		io().destroy();
		runTasksBefore(null);
		this.state.set(State.TERMINATED);
		this.termination.setSuccess(null);
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (isShutdown() && this.tasks.remove(task)) {
			throw new RejectedExecutionException("The event loop is shut down");
		}
		try {
			wakeUp();
		}
		catch (Throwable ex) {
			this.tasks.remove(task);
			throw ex;
		}
	}

	// a leader that is outside sees for itself when it comes in
	private void wakeUp() {
		Thread leader = this.inside.get();
		if (leader != null && leader != Thread.currentThread()) {
			io().wakeup();
		}
		else if (!this.started.get() && this.started.compareAndSet(false, true)) {
			start();
		}
	}

	private void start() {
		try {
			replaceLeader();
		}
		catch (Throwable ex) {
			this.started.set(false);
			throw ex;
		}
	}

	@Override
	public boolean inEventLoop(Thread thread) {
		return this.inside.get() == thread;
	}

	/**
	 * End it when all that it was given before is done; sockets close.
	 * @param quietPeriod not waited for
	 * @param timeout not needed
	 * @param unit of the times
	 * @return {@link #terminationFuture()}
	 */
	@Override
	public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
		if (this.state.compareAndSet(State.RUNNING, State.SHUTTING_DOWN)) {
			wakeUp();
		}
		return terminationFuture();
	}

	@Override
	public Future<?> terminationFuture() {
		return this.termination;
	}

	@Override
	public boolean isShuttingDown() {
		return this.state.get() != State.RUNNING;
	}

	@Override
	public boolean isShutdown() {
		return this.state.get() == State.SHUT_DOWN || isTerminated();
	}

	@Override
	public boolean isTerminated() {
		return this.state.get() == State.TERMINATED;
	}

	private enum State {

		RUNNING, SHUTTING_DOWN, SHUT_DOWN, TERMINATED

	}

	/**
	 * Whether, and how long, the leader may wait for sockets.
	 */
	private final class Waiting implements IoHandlerContext {

		@Override
		public boolean canBlock() {
			Leadership current = LeaderEventLoop.this.leadership;
			return LeaderEventLoop.this.tasks.isEmpty() && !hasScheduledTasks() && !isShuttingDown()
					&& (current == null || !current.hasWork());
		}

		@Override
		public long delayNanos(long now) {
			return LeaderEventLoop.this.delayNanos(now, Long.MAX_VALUE);
		}

		@Override
		public long deadlineNanos() {
			return nextScheduledTaskDeadlineNanos();
		}

	}

}
