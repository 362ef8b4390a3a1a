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
		TransactionSynchronizationManager.registerSynchronization(new Synchronization(task));
		return true;
	}

	/**
	 * Runs a task once. One that is registered by another synchronization's
	 * {@code afterCommit} only hears of the completion.
	 */
	private static final class Synchronization implements TransactionSynchronization {

		private final Runnable task;

		private boolean done;

		Synchronization(Runnable task) {
			this.task = task;
		}

		@Override
		public void afterCommit() {
			this.done = true;
			this.task.run();
		}

		@Override
		public void afterCompletion(int status) {
			if (!this.done && status == STATUS_COMMITTED) {
				this.task.run();
			}
		}

	}

}
