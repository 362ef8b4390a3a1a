package io.irpc.session;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.transport.CleanThreads;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Makes threads that have names and find the classes of the application, but inherit
 * nothing from it.
 */
final class WorkerThreads implements ForkJoinWorkerThreadFactory {

	private final AtomicInteger count = new AtomicInteger();

	private final @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

	private final String namePrefix;

	WorkerThreads(String namePrefix) {
		this.namePrefix = namePrefix;
	}

	@Override
	public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
		WorkerThread thread = CleanThreads.make(() -> new WorkerThread(pool));
		thread.setName(this.namePrefix + this.count.incrementAndGet());
		thread.setContextClassLoader(this.classLoader);
		return thread;
	}

	private static final class WorkerThread extends ForkJoinWorkerThread {

		WorkerThread(ForkJoinPool pool) {
			super(pool);
		}

	}

}
