package io.irpc.journal.jdbc;

/**
 * Tests of the journal on an H2 file.
 */
class H2FileEventJournalTests extends JdbcEventJournalContract {

	H2FileEventJournalTests() {
		super(TestDatabase.H2_FILE);
	}

}
