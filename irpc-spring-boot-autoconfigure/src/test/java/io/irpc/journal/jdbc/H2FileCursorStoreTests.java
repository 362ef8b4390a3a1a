package io.irpc.journal.jdbc;

/**
 * Tests of the cursors on an H2 file.
 */
class H2FileCursorStoreTests extends JdbcCursorStoreContract {

	H2FileCursorStoreTests() {
		super(TestDatabase.H2_FILE);
	}

}
