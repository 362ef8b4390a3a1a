package io.irpc.journal;

/**
 * How the store in memory remembers cursors.
 */
class InMemoryCursorStoreTests extends CursorStoreContract {

	@Override
	protected CursorStore create() {
		return new InMemoryCursorStore();
	}

}
