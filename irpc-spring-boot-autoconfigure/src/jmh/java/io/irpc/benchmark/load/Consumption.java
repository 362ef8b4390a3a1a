package io.irpc.benchmark.load;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Tells what this process has consumed so far.
 */
final class Consumption {

	private Consumption() {
	}

	/**
	 * Return what all live threads have allocated.
	 * @return the number of bytes
	 */
	static long allocatedBytes() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

	/**
	 * Return the processor time, that of compilation and garbage collection included.
	 * @return nanoseconds
	 */
	static long cpuTime() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

}
