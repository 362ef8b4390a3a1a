package io.irpc.autoconfigure.jdbc;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;

/**
 * Properties of the journal in a relational database.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.journal.jdbc")
public class IrpcJdbcJournalProperties extends DatabaseInitializationProperties {

	// of any other database, the tables have to be there
	private static final String SCHEMA = "optional:classpath:io/irpc/journal/jdbc/schema-@@platform@@.sql";

	/**
	 * Interval at which to look for events of other instances where the database does not
	 * tell of them.
	 */
	private Duration pollInterval = Duration.ofSeconds(1);

	public Duration getPollInterval() {
		return this.pollInterval;
	}

	public void setPollInterval(Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	@Override
	public String getDefaultSchemaLocation() {
		return SCHEMA;
	}

}
