package io.irpc.journal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database by connections of its own, never those of the application's transactions.
 */
final class JournalDatabase {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	JournalDatabase(DataSource dataSource) {
		// Spring binds connections to threads by data source: by this one nobody else
		// does
		DataSource own = new DelegatingDataSource(dataSource);
		this.jdbc = new JdbcTemplate(own);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(own));
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.transactions.setTimeout((int) TIMEOUT.toSeconds());
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	TransactionTemplate transactions() {
		return this.transactions;
	}

	/**
	 * Query the first column of some rows.
	 * @param sql the query
	 * @param parameters its parameters
	 * @return the numbers in the order of the rows
	 */
	List<Long> numbers(String sql, Object... parameters) {
		return this.jdbc.query(sql, (row, number) -> row.getLong(1), parameters);
	}

	static OffsetDateTime timestamp(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

	static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
