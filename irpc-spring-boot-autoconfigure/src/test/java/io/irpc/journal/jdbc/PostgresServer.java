package io.irpc.journal.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The PostgreSQL that all tests of this process share.
 */
final class PostgresServer {

	private static @Nullable EmbeddedPostgres running;

	private static @Nullable Exception failure;

	private PostgresServer() {
	}

	/**
	 * Create an empty schema. Skips the test if PostgreSQL cannot run on this machine.
	 * @return the address of the schema
	 */
	static String createSchema() {
		EmbeddedPostgres server = start();
		String schema = "s" + UUID.randomUUID().toString().replace("-", "");
		try (Connection connection = server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE SCHEMA " + schema);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return server.getJdbcUrl("postgres", "postgres") + "&ApplicationName=" + schema + "&currentSchema=" + schema;
	}

	private static synchronized EmbeddedPostgres start() {
		if (running == null && failure == null) {
			try {
				running = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
			}
			catch (IOException | RuntimeException ex) {
				failure = ex;
			}
		}
		Assumptions.assumeTrue(running != null, () -> "PostgreSQL cannot run here: " + failure);
		return Objects.requireNonNull(running);
	}

}
