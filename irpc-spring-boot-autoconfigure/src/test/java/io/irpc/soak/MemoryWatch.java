package io.irpc.soak;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.netty.util.internal.PlatformDependent;

/**
 * Watches the memory of this process: the heap after collections that it asks for, and
 * direct memory, both beyond what they were at the start.
 */
final class MemoryWatch implements AutoCloseable {

	private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);

	private final long heapAtStart = heapAfterCollection();

	private final long directAtStart = direct();

	private volatile long mostHeap = this.heapAtStart;

	private volatile long mostDirect = this.directAtStart;

	MemoryWatch() {
		this.executor.scheduleWithFixedDelay(() -> this.mostHeap = Math.max(this.mostHeap, heapAfterCollection()), 5, 5,
				TimeUnit.SECONDS);
		this.executor.scheduleWithFixedDelay(() -> this.mostDirect = Math.max(this.mostDirect, direct()), 100, 100,
				TimeUnit.MILLISECONDS);
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

	private static long heapAfterCollection() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	// of Netty without cleaners, which it counts itself, and of all others
	private static long direct() {
		long pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getTotalCapacity)
			.sum();
		return pools + Math.max(0, PlatformDependent.usedDirectMemory());
	}

}
