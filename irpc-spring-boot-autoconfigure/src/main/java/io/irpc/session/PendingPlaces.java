package io.irpc.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The places of commands that wait for responses. A place has an id of its own and is
 * used again when it becomes free. Whoever owns the places guards them; only
 * {@link #find} needs no guard.
 */
final class PendingPlaces {

	private volatile Place[] all = {};

	private int size;

	private final Deque<Place> free = new ArrayDeque<>();

	/**
	 * Take a place.
	 * @param listener who waits there
	 * @return the place
	 */
	Place take(ResponseListener listener) {
		Place place = this.free.poll();
		if (place == null) {
			place = new Place(CommandIds.of(this.size));
			if (this.size == this.all.length) {
				this.all = Arrays.copyOf(this.all, 2 * this.size + 1);
			}
			this.all[this.size++] = place;
		}
		place.timed = false;
		place.listener = listener;
		return place;
	}

	/**
	 * Give a place back, unless that was done.
	 * @param place the place
	 */
	void release(Place place) {
		if (place.listener != null) {
			place.listener = null;
			this.free.push(place);
		}
	}

	/**
	 * Give all places back.
	 */
	void clear() {
		this.all = new Place[0];
		this.size = 0;
		this.free.clear();
	}

	/**
	 * Return those where somebody waits.
	 * @return the places
	 */
	List<Place> taken() {
		return Arrays.stream(this.all).filter(Objects::nonNull).filter((place) -> place.listener != null).toList();
	}

	boolean areFree() {
		return this.free.size() == this.size;
	}

	/**
	 * Return the place that has an id. Safe for use by any thread.
	 * @param id the id, perhaps of the peer's making
	 * @return the place, {@code null} if there is none
	 */
	@Nullable Place find(String id) {
		Place[] known = this.all;
		int index = CommandIds.indexOf(id, known.length);
		Place place = (index >= 0) ? known[index] : null;
		// others may write the same number in another way
		return (place != null && place.id.equals(id)) ? place : null;
	}

	/**
	 * The place of a command.
	 */
	static final class Place {

		private final String id;

		private volatile @Nullable ResponseListener listener;

		private int uses;

		private boolean timed;

		private long deadline;

		private Place(String id) {
			this.id = id;
		}

		String id() {
			return this.id;
		}

		/**
		 * Return who waits. Safe for use by any thread.
		 * @return the listener, {@code null} if the place is free
		 */
		@Nullable ResponseListener listener() {
			return this.listener;
		}

		/**
		 * Count a call that has the id.
		 */
		void use() {
			this.uses++;
		}

		/**
		 * Return how many calls have had the id.
		 * @return their number
		 */
		int uses() {
			return this.uses;
		}

		/**
		 * Wait until a time.
		 * @param time when that is, as {@link System#nanoTime}
		 */
		void waitUntil(long time) {
			this.timed = true;
			this.deadline = time;
		}

		/**
		 * Wait without end.
		 */
		void waitOn() {
			this.timed = false;
		}

		/**
		 * Return whether somebody waits until a time.
		 * @return {@code false} if the wait has no end
		 */
		boolean isTimed() {
			return this.timed;
		}

		long deadline() {
			return this.deadline;
		}

	}

}
