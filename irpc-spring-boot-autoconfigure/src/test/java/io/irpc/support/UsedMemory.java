package io.irpc.support;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

import io.netty.util.internal.PlatformDependent;

/**
 * Tells how much memory this process uses.
 */
public final class UsedMemory {

	private UsedMemory() {
	}

	/**
	 * Collect garbage and return what is left.
	 * @return the bytes of the heap
	 */
	public static long heapAfterCollection() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Return the direct memory of Netty without cleaners, which it counts itself, and of
	 * all others.
	 * @return the bytes outside of the heap
	 */
	public static long direct() {
		long pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getTotalCapacity)
			.sum();
		return pools + Math.max(0, PlatformDependent.usedDirectMemory());
	}

}
