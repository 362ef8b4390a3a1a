package io.irpc.journal.jdbc;

/**
 * Tests of the cursors on PostgreSQL.
 */
class PostgresCursorStoreTests extends JdbcCursorStoreContract {

	PostgresCursorStoreTests() {
		super(TestDatabase.POSTGRESQL);
	}

}
