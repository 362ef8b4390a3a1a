package io.irpc.session;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.protocol.LimitException;
import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Publishes what happens to sessions as application events, on a thread of its own that
 * exists while there is something to tell. What waits for slow listeners is bounded.
 *
 * @since 0.1.0
 */
public final class SessionEventPublisher implements SessionListener, SmartLifecycle {

	private static final Log logger = LogFactory.getLog(SessionEventPublisher.class);

	private static final int MAX_WAITING = 32_768;

	/**
	 * How much may wait before refusals are left out: strangers who are refused are not
	 * to keep others out of the queue.
	 */
	private static final int MAX_WAITING_FOR_REFUSALS = 1024;

	private static final Duration THREAD_TIME = Duration.ofSeconds(10);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

	private final ApplicationEventPublisher publisher;

	private final int phase;

	private final AtomicInteger dropped = new AtomicInteger();

	private volatile @Nullable ThreadPoolExecutor thread;

	private volatile boolean failing;

	/**
	 * Create a publisher.
	 * @param publisher publishes the events
	 * @param phase the phase of the lifecycle, before that of the server
	 */
	public SessionEventPublisher(ApplicationEventPublisher publisher, int phase) {
		this.publisher = publisher;
		this.phase = phase;
	}

	@Override
	public void opened(IrpcSession session) {
		publish(new IrpcSessionOpenedEvent(session));
	}

	@Override
	public void userChanged(IrpcSession session, @Nullable SessionUser previous) {
		publish(new IrpcSessionUserEvent(session, session.user(), previous));
	}

	@Override
	public void closed(IrpcSession session, String reason) {
		publish(new IrpcSessionClosedEvent(session, reason));
	}

	@Override
	public void refused(@Nullable SocketAddress address, LimitException reason) {
		ThreadPoolExecutor current = this.thread;
		if (current != null && current.getQueue().size() < MAX_WAITING_FOR_REFUSALS) {
			publish(new IrpcSessionRefusedEvent(this, address, reason.limit(), reason.getMessage()));
		}
	}

	@Override
	public void start() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("irpc-session-events-");
		threads.setDaemon(true);
		ThreadPoolExecutor created = new ThreadPoolExecutor(1, 1, THREAD_TIME.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(MAX_WAITING), threads);
		created.allowCoreThreadTimeOut(true);
		this.thread = created;
	}

	/**
	 * Publish what waits, for a bounded time.
	 */
	@Override
	public void stop() {
		ThreadPoolExecutor current = this.thread;
		this.thread = null;
		if (current == null) {
			return;
		}
		current.shutdown();
		try {
			if (!current.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("Listeners of events of sessions are slow: " + current.shutdownNow().size()
						+ " events are dropped at the stop");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	private void publish(ApplicationEvent event) {
		ThreadPoolExecutor current = this.thread;
		if (current == null) {
			return;
		}
		try {
			current.execute(() -> tell(event));
		}
		catch (RejectedExecutionException ex) {
			if (this.dropped.getAndIncrement() == 0) {
				logger.warn("Listeners of events of sessions are slow: " + MAX_WAITING
						+ " events wait for them, and further ones are dropped");
			}
		}
	}

	private void tell(ApplicationEvent event) {
		int lost = this.dropped.getAndSet(0);
		if (lost > 0) {
			logger.warn(lost + " events of sessions were dropped");
		}
		try {
			this.publisher.publishEvent(event);
			this.failing = false;
		}
		catch (RuntimeException | Error ex) {
			// once for all, as strangers can cause as many events as they like
			if (!this.failing) {
				this.failing = true;
				logger.error("Failure of a listener of events of sessions", LogSafe.failure(ex));
			}
		}
	}

}
