package io.irpc.journal;

import java.util.Map;

import io.irpc.journal.CursorStore.Subscriber;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How every store remembers cursors.
 */
public abstract class CursorStoreContract {

	private static final Subscriber HOME = new Subscriber("ann", "home");

	private static final Subscriber OFFICE = new Subscriber("ann", "office");

	/**
	 * Create an empty store.
	 * @return the store
	 */
	protected abstract CursorStore create();

	@Test
	void whenCursorIsSetThenItIsFoundByUserAndName() {
		CursorStore store = create();
		assertThat(store.find(HOME)).isNull();
		store.set(HOME, new Position(5));
		assertThat(store.find(HOME)).isEqualTo(new Position(5));
		assertThat(store.find(new Subscriber("bob", "home"))).isNull();
		assertThat(store.find(OFFICE)).isNull();
		store.set(HOME, new Position(3));
		assertThat(store.find(HOME)).isEqualTo(new Position(3));
	}

	@Test
	void whenCursorsAdvanceThenNoneGoesBackAndNoneAppears() {
		CursorStore store = create();
		store.set(HOME, new Position(5));
		store.set(OFFICE, new Position(5));
		store.advance(
				Map.of(HOME, new Position(4), OFFICE, new Position(6), new Subscriber("bob", "x"), new Position(7)));
		assertThat(store.find(HOME)).isEqualTo(new Position(5));
		assertThat(store.find(OFFICE)).isEqualTo(new Position(6));
		assertThat(store.find(new Subscriber("bob", "x"))).isNull();
	}

	@Test
	void whenSubscriberIsRemovedThenItIsForgotten() {
		CursorStore store = create();
		store.set(HOME, new Position(5));
		store.set(OFFICE, new Position(6));
		assertThat(store.count("ann")).isEqualTo(2);
		store.remove(HOME);
		assertThat(store.find(HOME)).isNull();
		assertThat(store.count("ann")).isEqualTo(1);
		assertThat(store.count("bob")).isZero();
	}

}
