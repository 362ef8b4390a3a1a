package io.irpc.journal.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.util.ClassUtils;

/**
 * Tells other instances by {@code NOTIFY} and hears them by {@code LISTEN}, on a
 * connection that it keeps.
 * <p>
 * {@code NOTIFY} makes commits in a database wait for each other. That is why only the
 * sequencer's transactions use it, which do so anyway, and none of the application's.
 */
final class PostgresSignal implements JournalSignal {

	private static final Log logger = LogFactory.getLog(PostgresSignal.class);

	private static final String CHANNEL = "irpc_journal";

	private static final String DRIVER = "org.postgresql.PGConnection";

	// how long a stop may take
	private static final Duration LISTEN_TIME = Duration.ofMillis(250);

	// a link that is cut says nothing
	private static final int ROUNDS_PER_CHECK = 120;

	private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

	private final String instance = UUID.randomUUID().toString();

	private final RepeatedTask listener;

	private final DataSource dataSource;

	private volatile Runnable wake = () -> {
	};

	private volatile boolean heard;

	private @Nullable Connection connection;

	private int rounds;

	PostgresSignal(DataSource dataSource) {
		this.dataSource = dataSource;
		this.listener = new RepeatedTask("irpc-journal-listener", this::listen, this::release);
	}

	static boolean isSupported(DatabaseMetaData database) throws SQLException {
		return database.getDatabaseProductName().equals("PostgreSQL")
				&& ClassUtils.isPresent(DRIVER, PostgresSignal.class.getClassLoader())
				&& database.getConnection().isWrapperFor(PGConnection.class);
	}

	@Override
	public void send(JdbcOperations jdbc) {
		jdbc.query("SELECT pg_notify(?, ?)", (row) -> {
		}, CHANNEL, this.instance);
	}

	@Override
	public void start(Runnable task) {
		this.wake = task;
		this.listener.start();
	}

	@Override
	public void stop() {
		this.listener.stop();
	}

	@Override
	public boolean isHeard() {
		return this.heard;
	}

	private Duration listen() throws SQLException {
		Connection current = this.connection;
		if (current == null) {
			current = connect();
			// something may have been told while nobody listened
			this.wake.run();
		}
		PGNotification[] notifications = current.unwrap(PGConnection.class)
			.getNotifications((int) LISTEN_TIME.toMillis());
		for (PGNotification notification : notifications) {
			if (!notification.getParameter().equals(this.instance)) {
				this.wake.run();
			}
		}
		this.rounds++;
		if (this.rounds % ROUNDS_PER_CHECK == 0 && !current.isValid((int) CHECK_TIMEOUT.toSeconds())) {
			throw new SQLException("The connection that listens is not valid any more");
		}
		return Duration.ZERO;
	}

	private Connection connect() throws SQLException {
		Connection opened = this.dataSource.getConnection();
		this.connection = opened;
		opened.setAutoCommit(true);
		execute(opened, "LISTEN " + CHANNEL);
		this.heard = true;
		return opened;
	}

	private void release() {
		this.heard = false;
		Connection current = this.connection;
		this.connection = null;
		if (current == null) {
			return;
		}
		try (current) {
			// for who has it next, and for the pool to learn if it is broken
			execute(current, "UNLISTEN " + CHANNEL);
		}
		catch (SQLException ex) {
			logger.debug("Cannot give back the connection that listened", ex);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
