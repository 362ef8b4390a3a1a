package io.irpc.sample.daemon.support;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The database of the daemon: a file in its directory, which it has locked by then.
 */
@Component
@Profile("!postgres")
final class EventDatabase implements JdbcConnectionDetails {

	private final String url;

	EventDatabase(DataDirectory directory) {
		// Spring closes it at the end, later than a hook of its own would
		this.url = "jdbc:h2:file:" + directory.database() + ";DB_CLOSE_ON_EXIT=FALSE";
	}

	@Override
	public String getJdbcUrl() {
		return this.url;
	}

	@Override
	public String getUsername() {
		return "sa";
	}

	@Override
	public String getPassword() {
		return "";
	}

}
