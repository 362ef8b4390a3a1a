package io.irpc.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import io.irpc.transport.IrpcConnection;
import org.jspecify.annotations.Nullable;

/**
 * The commands that this end has sent and that may still get responses. Their ids are as
 * short as can be: the number of a place in a list, used again when it becomes free. Safe
 * for use by many threads.
 *
 * @since 0.1.0
 */
public final class PendingCommands {

	private final IrpcConnection connection;

	private volatile Place[] places = {};

	private int size;

	private final Deque<Place> free = new ArrayDeque<>();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private boolean idleAwaited;

	private @Nullable String closeReason;

	private @Nullable Future<?> timer;

	private long timerDeadline;

	PendingCommands(IrpcConnection connection) {
		this.connection = connection;
	}

	/**
	 * Send a command.
	 * @param command the command; its id is replaced
	 * @param listener told of its responses
	 * @return the id of the command
	 * @throws IllegalArgumentException if the command breaks the grammar
	 */
	public String send(Command command, ResponseListener listener) {
		return send(command, listener, false, 0);
	}

	/**
	 * Send a command that is not to be waited for without end.
	 * @param command the command; its id is replaced
	 * @param listener told of its responses, and when the time is over
	 * @param deadline when that is, as {@link System#nanoTime}
	 * @return the id of the command
	 * @throws IllegalArgumentException if the command breaks the grammar
	 */
	public String send(Command command, ResponseListener listener, long deadline) {
		return send(command, listener, true, deadline);
	}

	private String send(Command command, ResponseListener listener, boolean timed, long deadline) {
		Place place;
		String reason;
		synchronized (this) {
			reason = this.closeReason;
			place = (reason != null) ? null : take(listener, command);
			if (place != null) {
				place.timed = timed;
				place.deadline = deadline;
				if (timed && (this.timer == null || deadline - this.timerDeadline < 0)) {
					startTimer(deadline);
				}
			}
		}
		if (place == null) {
			listener.closed(String.valueOf(reason));
			return "";
		}
		try {
			this.connection.send(command.withId(place.id));
		}
		catch (RuntimeException ex) {
			release(place);
			throw ex;
		}
		return place.id;
	}

	private void startTimer(long deadline) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		this.timerDeadline = deadline;
		this.timer = this.connection.schedule(this::expire, Duration.ofNanos(deadline - System.nanoTime()));
	}

	// one timer for all: most commands are answered long before
	private void expire() {
		List<ResponseListener> expired = new ArrayList<>();
		synchronized (this) {
			this.timer = null;
			long now = System.nanoTime();
			Place next = null;
			for (int i = 0; i < this.size; i++) {
				Place place = this.places[i];
				ResponseListener listener = place.listener;
				if (listener == null || !place.timed) {
					continue;
				}
				if (place.deadline - now <= 0) {
					place.timed = false;
					expired.add(listener);
				}
				else if (next == null || place.deadline - next.deadline < 0) {
					next = place;
				}
			}
			if (next != null) {
				startTimer(next.deadline);
			}
		}
		expired.forEach(ResponseListener::expired);
	}

	/**
	 * Send a command under the id of an earlier one whose listener has not finished, such
	 * as the end of a {@code monitor}.
	 * @param id the id
	 * @param command the command; its id is replaced
	 */
	public void sendAgain(String id, Command command) {
		this.connection.send(command.withId(id));
	}

	/**
	 * Return the end of the commands, where no more are sent.
	 * @return completed when none waits for a response, or the session is closed
	 */
	public CompletableFuture<Void> whenIdle() {
		boolean isIdle;
		synchronized (this) {
			this.idleAwaited = true;
			isIdle = isIdle();
		}
		if (isIdle) {
			this.idle.complete(null);
		}
		return this.idle.copy();
	}

	/**
	 * Hand a response to the listener of its command.
	 * @param response the response
	 * @return {@code false} if there is no such command
	 */
	boolean receive(Response response) {
		Place place = find(response.id());
		ResponseListener listener = (place != null) ? place.listener : null;
		if (place == null || listener == null) {
			return false;
		}
		if (listener.received(response)) {
			release(place);
		}
		return true;
	}

	/**
	 * Send a command about one that has no final response yet, such as its cancellation:
	 * never about another one that has got its id meanwhile.
	 * @param id the id of the command that it is about
	 * @param listener the listener of the command that it is about
	 * @param command the command; its id is replaced
	 */
	public void sendAbout(String id, ResponseListener listener, Command command) {
		// whoever gets the id next sends behind this
		synchronized (this) {
			Place place = find(id);
			if (place != null && place.listener == listener) {
				this.connection.send(command.withId(take(ResponseListener.UNHEARD, command).id));
			}
		}
	}

	/**
	 * Send a command that has no response.
	 * @param command the command
	 */
	public void sendOneway(Command command) {
		this.connection.send(command);
	}

	/**
	 * Tell the listeners that this end is about to close the session.
	 */
	void closing() {
		List<ResponseListener> waiting = new ArrayList<>();
		synchronized (this) {
			for (int i = 0; i < this.size; i++) {
				ResponseListener listener = this.places[i].listener;
				if (listener != null) {
					waiting.add(listener);
				}
			}
		}
		waiting.forEach(ResponseListener::closing);
	}

	void close(String reason) {
		List<Place> pending;
		synchronized (this) {
			this.closeReason = reason;
			pending = Arrays.asList(this.places).subList(0, this.size);
			this.places = new Place[0];
			this.size = 0;
			this.free.clear();
			if (this.timer != null) {
				this.timer.cancel(false);
			}
		}
		for (Place place : pending) {
			ResponseListener listener = place.listener;
			if (listener != null) {
				listener.lost(place.id, place.uses, reason);
			}
		}
		this.idle.complete(null);
	}

	private Place take(ResponseListener listener, Command command) {
		Place place = this.free.poll();
		if (place == null) {
			place = new Place(CommandIds.of(this.size));
			if (this.size == this.places.length) {
				this.places = Arrays.copyOf(this.places, 2 * this.size + 1);
			}
			this.places[this.size++] = place;
		}
		place.timed = false;
		place.listener = listener;
		if (command.name().equals(SessionOutcomes.CALL)) {
			place.uses++;
		}
		return place;
	}

	private void release(Place place) {
		boolean isIdle;
		synchronized (this) {
			if (place.listener != null && this.closeReason == null) {
				place.listener = null;
				this.free.push(place);
			}
			isIdle = this.idleAwaited && isIdle();
		}
		if (isIdle) {
			this.idle.complete(null);
		}
	}

	private boolean isIdle() {
		return this.free.size() == this.size;
	}

	private @Nullable Place find(String id) {
		Place[] all = this.places;
		int index = CommandIds.indexOf(id, all.length);
		Place place = (index >= 0) ? all[index] : null;
		// others may write the same number in another way
		return (place != null && place.id.equals(id)) ? place : null;
	}

	/**
	 * Told of the responses to one command. Called on the event loop; must not block.
	 */
	public interface ResponseListener {

		/**
		 * Does not care.
		 */
		ResponseListener UNHEARD = new ResponseListener() {

			@Override
			public boolean received(Response response) {
				return response.isFinal();
			}

			@Override
			public void closed(String reason) {
			}

		};

		/**
		 * A response was received.
		 * @param response the response
		 * @return whether the command is finished, so that its id may be used again
		 */
		boolean received(Response response);

		/**
		 * The time that was given is over. A response may still come. Called on the event
		 * loop; must not block.
		 */
		default void expired() {
		}

		/**
		 * This end is about to close the session before the command is finished: what is
		 * sent now still goes. Called on any thread.
		 */
		default void closing() {
		}

		/**
		 * The session was closed before the command was finished.
		 * @param reason why, in words for people
		 */
		void closed(String reason);

		/**
		 * The session was closed before the command was finished, which may be asked for
		 * elsewhere (protocol §6, feature {@code outcome}).
		 * @param id the id that the command had
		 * @param use how many calls of the session have had that id, this one included
		 * @param reason why, in words for people
		 */
		default void lost(String id, int use, String reason) {
			closed(reason);
		}

	}

	/**
	 * The place of a command.
	 */
	private static final class Place {

		private final String id;

		private volatile @Nullable ResponseListener listener;

		private int uses;

		private boolean timed;

		private long deadline;

		Place(String id) {
			this.id = id;
		}

	}

}
