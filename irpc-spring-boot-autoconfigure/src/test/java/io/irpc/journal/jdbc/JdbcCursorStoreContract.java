package io.irpc.journal.jdbc;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.irpc.journal.CursorStore;
import io.irpc.journal.CursorStoreContract;
import org.junit.jupiter.api.AfterEach;

/**
 * How cursors are remembered on every database.
 */
abstract class JdbcCursorStoreContract extends CursorStoreContract {

	private final List<HikariDataSource> pools = new ArrayList<>();

	private final TestDatabase database;

	JdbcCursorStoreContract(TestDatabase database) {
		this.database = database;
	}

	@Override
	protected CursorStore create() {
		return new JdbcCursorStore(open(this.database.urlWithTables()), Clock.systemUTC());
	}

	private HikariDataSource open(String url) {
		HikariDataSource dataSource = TestDatabase.open(url);
		this.pools.add(dataSource);
		return dataSource;
	}

	@AfterEach
	void close() {
		this.pools.forEach(HikariDataSource::close);
	}

}
