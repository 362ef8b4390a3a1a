package io.irpc.support;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class after which Netty reports a buffer that was never released.
 * Registered for all test classes; it needs Netty's leak detection to be paranoid.
 */
public final class LeakDetection implements AfterAllCallback {

	private static final long COLLECTION_MILLIS = 5_000;

	/**
	 * How long all that is found at once takes to be queued, one by one. To collect
	 * garbage once more would be sure, and takes far longer.
	 */
	private static final long QUEUEING_MILLIS = 50;

	private static final Queue<String> reports = new ConcurrentLinkedQueue<>();

	static {
		ByteBufUtil.setLeakListener((resource, records) -> reports.add(resource + " was not released" + records));
	}

	@Override
	public void afterAll(@Nullable ExtensionContext context) throws InterruptedException {
		collectGarbage();
		Thread.sleep(QUEUEING_MILLIS);
		provokeReports();
		List<String> found = new ArrayList<>();
		for (String report = reports.poll(); report != null; report = reports.poll()) {
			found.add(report);
		}
		if (!found.isEmpty()) {
			throw new AssertionError(found.size() + " leak(s) of buffers: " + found);
		}
	}

	// returns when one of the references that are cleared is queued
	private static void collectGarbage() throws InterruptedException {
		ReferenceQueue<Object> collected = new ReferenceQueue<>();
		WeakReference<Object> reference = new WeakReference<>(new Object(), collected);
		System.gc();
		if (collected.remove(COLLECTION_MILLIS) != reference) {
			throw new AssertionError("Leaks cannot be found: System.gc() collects nothing");
		}
	}

	// the detector looks for leaks whenever a buffer is allocated
	private static void provokeReports() {
		ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(1);
		buffer.release();
	}

}
