package io.irpc.journal.jdbc;

/**
 * Tests of the journal on PostgreSQL.
 */
class PostgresEventJournalTests extends JdbcEventJournalContract {

	PostgresEventJournalTests() {
		super(TestDatabase.POSTGRESQL);
	}

}
