package io.irpc.journal.jdbc;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Tells other instances on the same database of new entries.
 */
interface JournalSignal {

	/**
	 * Tell the other instances once the current transaction has committed.
	 * @param jdbc runs statements in the transaction
	 */
	void send(JdbcOperations jdbc);

	/**
	 * Begin to listen to the other instances.
	 * @param wake runs when one of them may have told something
	 */
	void start(Runnable wake);

	/**
	 * Listen no more.
	 */
	void stop();

	/**
	 * Return whether the other instances are heard now.
	 * @return {@code false} if the database has to be asked
	 */
	boolean isHeard();

	/**
	 * For databases that tell nothing by themselves.
	 */
	final class None implements JournalSignal {

		@Override
		public void send(JdbcOperations jdbc) {
		}

		@Override
		public void start(Runnable wake) {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isHeard() {
			return false;
		}

	}

}
