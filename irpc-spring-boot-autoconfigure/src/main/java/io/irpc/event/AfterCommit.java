package io.irpc.event;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Defers tasks to the commit of the transaction of this thread.
 */
final class AfterCommit {

	private AfterCommit() {
	}

	/**
	 * Defer a task.
	 * @param task the task
	 * @return {@code false} if there is no transaction, so that nothing was deferred
	 */
	static boolean run(Runnable task) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()
				|| !TransactionSynchronizationManager.isActualTransactionActive()) {
			return false;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				task.run();
			}

		});
		return true;
	}

}
