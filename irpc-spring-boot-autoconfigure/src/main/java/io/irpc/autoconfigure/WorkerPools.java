package io.irpc.autoconfigure;

import io.irpc.session.WorkerPool;

import org.springframework.boot.system.JavaVersion;

/**
 * Makes pools of threads of their properties.
 */
final class WorkerPools {

	private WorkerPools() {
	}

	static WorkerPool create(String property, String threadNamePrefix, IrpcThreadsProperties properties) {
		int max = PropertyChecks.positive(property + ".max", properties.getMax());
		boolean virtual = properties.isVirtual()
				&& JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE);
		return virtual ? WorkerPool.ofVirtualThreads(threadNamePrefix)
				: WorkerPool.ofPlatformThreads(threadNamePrefix, max);
	}

}
