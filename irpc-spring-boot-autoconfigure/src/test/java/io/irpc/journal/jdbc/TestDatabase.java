package io.irpc.journal.jdbc;

import java.nio.file.Path;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Makes empty databases with the tables of a journal.
 */
enum TestDatabase {

	H2_MEMORY {
		@Override
		String url() {
			return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		}
	},

	H2_FILE {
		@Override
		String url() {
			return "jdbc:h2:file:" + Path.of("target", "h2", UUID.randomUUID().toString()).toAbsolutePath();
		}
	},

	POSTGRESQL {
		@Override
		String url() {
			return PostgresServer.createSchema();
		}
	};

	/**
	 * Return the address of an empty database.
	 */
	abstract String url();

	/**
	 * Return the address of a database with the tables of a journal.
	 */
	String urlWithTables() {
		String url = url();
		String platform = (this == POSTGRESQL) ? "postgresql" : "h2";
		DatabasePopulatorUtils.execute(
				new ResourceDatabasePopulator(
						new ClassPathResource("io/irpc/journal/jdbc/schema-" + platform + ".sql")),
				new DriverManagerDataSource(url));
		return url;
	}

	/**
	 * Open a pool of connections of its own.
	 */
	static HikariDataSource open(String url) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		dataSource.setMaximumPoolSize(8);
		dataSource.setMinimumIdle(0);
		return dataSource;
	}

}
