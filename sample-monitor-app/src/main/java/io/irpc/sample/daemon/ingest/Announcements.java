package io.irpc.sample.daemon.ingest;

import io.irpc.sample.daemon.results.FileResult;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Publishes the events of each file exactly once, whatever happens in between: the events
 * and the note that they were published are committed together.
 */
@Component
class Announcements {

	private final JdbcClient database;

	private final TransactionOperations transaction;

	private final ApplicationEventPublisher events;

	Announcements(JdbcClient database, TransactionOperations transaction, ApplicationEventPublisher events) {
		this.database = database;
		this.transaction = transaction;
		this.events = events;
	}

	/**
	 * Publish the events of a file, unless that is done.
	 * @param result the result of the file
	 */
	void announce(FileResult result) {
		this.transaction.executeWithoutResult((status) -> {
			String id = result.file().id();
			int known = this.database.sql("SELECT COUNT(*) FROM sample_announced WHERE id = ?")
				.param(id)
				.query(Integer.class)
				.single();
			if (known == 0) {
				this.database.sql("INSERT INTO sample_announced (id) VALUES (?)").param(id).update();
				result.errors().forEach(this.events::publishEvent);
				this.events.publishEvent(result.file());
			}
		});
	}

	/**
	 * Drop the note, as a file that is put away is never announced again.
	 * @param result the result of the file
	 */
	void forget(FileResult result) {
		this.database.sql("DELETE FROM sample_announced WHERE id = ?").param(result.file().id()).update();
	}

}
