package io.irpc.session;

/**
 * What one connection holds of the memory of all. Safe for use by many threads.
 */
final class MemoryAccount {

	private final MemoryBudget budget;

	private long bytes;

	private boolean closed;

	MemoryAccount(MemoryBudget budget) {
		this.budget = budget;
	}

	void add(long change) {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.bytes += change;
		}
		this.budget.add(change);
	}

	boolean isScarce() {
		return this.budget.isScarce();
	}

	synchronized long bytes() {
		return this.bytes;
	}

	/**
	 * Release everything; nothing counts from now on.
	 */
	void close() {
		long released;
		synchronized (this) {
			released = this.bytes;
			this.bytes = 0;
			this.closed = true;
		}
		this.budget.release(released);
	}

}
