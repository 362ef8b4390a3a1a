package io.irpc.journal.jdbc;

/**
 * Tests of the journal on H2 in memory.
 */
class H2MemoryEventJournalTests extends JdbcEventJournalContract {

	H2MemoryEventJournalTests() {
		super(TestDatabase.H2_MEMORY);
	}

}
