package io.irpc.transport;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * That a thread leads an event loop, and what it is to do between two turns of it,
 * outside of the loop: there it may wait. Whoever has it wait sees to it that another
 * thread leads meanwhile.
 *
 * @since 0.1.0
 */
public final class Leadership {

	private static final Log logger = LogFactory.getLog(Leadership.class);

	private static final ThreadLocal<@Nullable Leadership> current = new ThreadLocal<>();

	private final LeaderEventLoop loop;

	private final Set<Runnable> works = new LinkedHashSet<>();

	private volatile boolean lost;

	/**
	 * Begin to lead an event loop on the current thread.
	 * @param loop the event loop
	 */
	Leadership(LeaderEventLoop loop) {
		this.loop = loop;
		current.set(this);
	}

	/**
	 * Return the leadership of the current thread.
	 * @return the leadership, {@code null} if it leads no event loop
	 */
	public static @Nullable Leadership current() {
		return current.get();
	}

	/**
	 * Return what is led.
	 * @return the event loop, the same one for all that lead it one after the other
	 */
	public Object loop() {
		return this.loop;
	}

	/**
	 * Return whether nobody leads the event loop any more. Safe for use by any thread.
	 * @return {@code true} if it has ended
	 */
	public boolean isLoopEnded() {
		return this.loop.isTerminated();
	}

	/**
	 * Return whether another thread leads for good. What the current one still does keeps
	 * no socket waiting.
	 * @return {@code true} if it does not lead again
	 */
	public boolean isLost() {
		return this.lost;
	}

	/**
	 * Return whether the current thread leads an event loop, but is outside of it.
	 * @return {@code true} if it may wait
	 */
	static boolean isOutside() {
		Leadership leadership = current.get();
		return leadership != null && !leadership.loop.inEventLoop();
	}

	/**
	 * Do something outside of the loop, when the turn is over or what is being done
	 * outside is done, once however often it is asked for until then. To be called on the
	 * thread that leads.
	 * @param work what to do
	 */
	public void afterTurn(Runnable work) {
		this.works.add(work);
	}

	/**
	 * Have another thread lead if this one is outside of the loop, as it waits or works
	 * for long. It still does what it is to do. Safe for use by any thread.
	 * @throws OutOfMemoryError if no thread can be started
	 */
	public void handOver() {
		this.loop.replaceLeader();
	}

	/**
	 * Do what the loop was given meanwhile, such as to write what was sent, unless
	 * another thread leads by now. To be called on the thread that leads, outside of the
	 * loop.
	 */
	public void runLoopTasks() {
		// who does not come in again must keep nobody else from it
		if (!this.lost) {
			this.loop.runTasksNow();
		}
	}

	boolean hasWork() {
		return !this.works.isEmpty();
	}

	/**
	 * Do what is to be done now.
	 */
	void work() {
		List<Runnable> all = new ArrayList<>(this.works);
		this.works.clear();
		for (Runnable work : all) {
			try {
				work.run();
			}
			catch (Throwable ex) {
				logger.error("Unexpected failure outside of an event loop", LogSafe.failure(ex));
			}
		}
	}

	/**
	 * Lead no more, and do all that is still to be done.
	 */
	void end() {
		this.lost = true;
		while (hasWork()) {
			work();
		}
		current.remove();
	}

}
