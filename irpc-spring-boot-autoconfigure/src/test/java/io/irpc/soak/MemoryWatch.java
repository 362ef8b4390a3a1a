package io.irpc.soak;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.irpc.support.UsedMemory;

/**
 * Watches the memory of this process: the heap after collections that it asks for, and
 * direct memory, both beyond what they were at the start.
 */
final class MemoryWatch implements AutoCloseable {

	private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);

	private final long heapAtStart = UsedMemory.heapAfterCollection();

	private final long directAtStart = UsedMemory.direct();

	private volatile long mostHeap = this.heapAtStart;

	private volatile long mostDirect = this.directAtStart;

	MemoryWatch() {
		this.executor.scheduleWithFixedDelay(
				() -> this.mostHeap = Math.max(this.mostHeap, UsedMemory.heapAfterCollection()), 5, 5,
				TimeUnit.SECONDS);
		this.executor.scheduleWithFixedDelay(() -> this.mostDirect = Math.max(this.mostDirect, UsedMemory.direct()),
				100, 100, TimeUnit.MILLISECONDS);
	}

	long peakHeap() {
		return this.mostHeap - this.heapAtStart;
	}

	long peakDirect() {
		return this.mostDirect - this.directAtStart;
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
