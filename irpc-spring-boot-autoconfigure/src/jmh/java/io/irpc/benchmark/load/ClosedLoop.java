package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Calls again as soon as an answer is there, and checks each answer. Between its turns no
 * call is under way.
 */
final class ClosedLoop implements Load {

	private static final Order ORDER = Order.example(1);

	/**
	 * One of so many calls is timed, as that costs as much as a call of the fastest peer.
	 */
	private static final int SAMPLING = 16;

	private final int sampling;

	private final Peer.Caller caller;

	private final Workload workload;

	private final List<Slot> slots = new ArrayList<>();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final ExecutorService callers = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "caller");
		thread.setDaemon(true);
		return thread;
	});

	private volatile CountDownLatch running = new CountDownLatch(0);

	private volatile boolean stopped;

	ClosedLoop(Peer.Caller caller, Workload workload) {
		this.caller = caller;
		this.workload = workload;
		int count = workload.connections() * workload.inFlight();
		this.sampling = (count == 1) ? 1 : SAMPLING;
		for (int i = 0; i < count; i++) {
			this.slots.add(new Slot(i % workload.connections()));
		}
	}

	@Override
	public void start() {
		this.stopped = false;
		this.running = new CountDownLatch(this.slots.size());
		for (Slot slot : this.slots) {
			if (this.workload.kind() == Workload.Kind.BLOCKING) {
				this.callers.execute(slot::runBlocking);
			}
			else {
				slot.call();
			}
		}
	}

	@Override
	public void stop(long bursts) throws InterruptedException {
		this.stopped = true;
		if (!this.running.await(20, TimeUnit.SECONDS)) {
			throw new IllegalStateException(this.running.getCount() + " calls are not answered");
		}
		Throwable first = this.failure.get();
		if (first != null) {
			throw new IllegalStateException("A call has failed", first);
		}
	}

	@Override
	public long count() {
		return this.slots.stream().mapToLong((slot) -> slot.calls).sum();
	}

	@Override
	public Histogram latencies() {
		Histogram all = new Histogram(3);
		this.slots.forEach((slot) -> {
			all.add(slot.latencies);
			slot.latencies.reset();
		});
		return all;
	}

	/**
	 * One of the calls in flight.
	 */
	private final class Slot implements Peer.Reply {

		private final int connection;

		private final Histogram latencies = new Histogram(3);

		private volatile long calls;

		private int number = 100_000;

		private long started;

		Slot(int connection) {
			this.connection = connection;
		}

		void call() {
			if (isTimed()) {
				this.started = System.nanoTime();
			}
			try {
				if (ClosedLoop.this.workload.kind() == Workload.Kind.ECHO) {
					ClosedLoop.this.caller.echo(this.connection, ORDER, this);
				}
				else {
					ClosedLoop.this.caller.add(this.connection, ++this.number % 2 * 1000 + 123_456, this);
				}
			}
			catch (RuntimeException ex) {
				failed(ex);
			}
		}

		private boolean isTimed() {
			return this.calls % ClosedLoop.this.sampling == 0;
		}

		@Override
		public void answered(Object answer) {
			count(isRight(answer));
			if (ClosedLoop.this.stopped) {
				ClosedLoop.this.running.countDown();
			}
			else {
				call();
			}
		}

		private boolean isRight(Object answer) {
			return answer.equals(true) || (answer instanceof Order order && order.id() == ORDER.id()
					&& order.items().size() == ORDER.items().size());
		}

		@SuppressWarnings("NonAtomicOperationOnVolatileField")
		private void count(boolean right) {
			if (!right) {
				ClosedLoop.this.failure.compareAndSet(null, new IllegalStateException("A wrong answer"));
			}
			this.calls = this.calls + 1;
			if (this.started != 0) {
				this.latencies.recordValue(System.nanoTime() - this.started);
				this.started = 0;
			}
		}

		@Override
		public void failed(Throwable ex) {
			ClosedLoop.this.failure.compareAndSet(null, ex);
			ClosedLoop.this.running.countDown();
		}

		void runBlocking() {
			try {
				while (!ClosedLoop.this.stopped) {
					if (isTimed()) {
						this.started = System.nanoTime();
					}
					count(ClosedLoop.this.caller.add(++this.number % 2 * 1000 + 123_456));
				}
				ClosedLoop.this.running.countDown();
			}
			catch (Exception ex) {
				failed(ex);
			}
		}

	}

}
