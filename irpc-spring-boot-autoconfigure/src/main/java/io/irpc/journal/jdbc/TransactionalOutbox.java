package io.irpc.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

import javax.sql.DataSource;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes the events that have no position yet, in the transaction of who raises them. It
 * locks nothing, so that nobody waits for anybody.
 */
final class TransactionalOutbox {

	private static final String INSERT = "INSERT INTO irpc_outbox (event, arguments, trace) VALUES (?, ?, ?)";

	private final JournalDatabase database;

	private final DataSource dataSource;

	private final JdbcTemplate shared;

	private final Runnable committed;

	/**
	 * Create an outbox.
	 * @param database used where there is no transaction
	 * @param dataSource the data source of the application's transactions
	 * @param committed runs after the commit of events
	 */
	TransactionalOutbox(JournalDatabase database, DataSource dataSource, Runnable committed) {
		this.database = database;
		this.dataSource = target(dataSource);
		this.shared = new JdbcTemplate(this.dataSource);
		this.committed = committed;
	}

	/**
	 * Return whether the connection that Spring has bound to this thread is in a
	 * transaction. One of another data source is not ours, although it is active.
	 * @return {@code true} if {@link #add} is part of it
	 */
	boolean joinsTransaction() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.getResource(this.dataSource) instanceof ConnectionHolder
				&& !Boolean.TRUE.equals(this.shared.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
	}

	void add(String event, Payload arguments, @Nullable String trace) {
		if (joinsTransaction()) {
			insert(this.shared, event, arguments, trace);
			TransactionSynchronizationManager.registerSynchronization(new Commit());
		}
		else {
			this.database.transactions()
				.executeWithoutResult((status) -> insert(this.database.jdbc(), event, arguments, trace));
			this.committed.run();
		}
	}

	private static void insert(JdbcOperations jdbc, String event, Payload arguments, @Nullable String trace) {
		int end = arguments.offset() + arguments.length();
		jdbc.update(INSERT, event, Arrays.copyOfRange(arguments.array(), arguments.offset(), end), trace);
	}

	private static DataSource target(DataSource dataSource) {
		DataSource target = (dataSource instanceof TransactionAwareDataSourceProxy proxy) ? proxy.getTargetDataSource()
				: null;
		return (target != null) ? target : dataSource;
	}

	/**
	 * Hears of the commit. An event that is raised by a callback of the commit itself
	 * comes too late for it, on a connection that nobody commits again: it is committed
	 * here.
	 */
	private final class Commit implements TransactionSynchronization {

		private boolean done;

		@Override
		public void afterCommit() {
			this.done = true;
			TransactionalOutbox.this.committed.run();
		}

		@Override
		public void afterCompletion(int status) {
			if (!this.done && status != STATUS_ROLLED_BACK) {
				TransactionalOutbox.this.shared.execute((ConnectionCallback<Boolean>) this::commit);
				TransactionalOutbox.this.committed.run();
			}
		}

		private boolean commit(Connection connection) throws SQLException {
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
			return true;
		}

	}

}
