package io.irpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

	private static final int RADIX = Character.MAX_RADIX;

	private final IrpcConnection connection;

	private final List<Place> places = new ArrayList<>();

	private final Deque<Place> free = new ArrayDeque<>();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private boolean idleAwaited;

	private @Nullable String closeReason;

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
		String id;
		String reason;
		synchronized (this) {
			reason = this.closeReason;
			id = (reason != null) ? "" : take(listener, command);
		}
		if (reason != null) {
			listener.closed(reason);
			return id;
		}
		try {
			this.connection.send(command.withId(id));
		}
		catch (RuntimeException ex) {
			release(id);
			throw ex;
		}
		return id;
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
		ResponseListener listener;
		synchronized (this) {
			Place place = find(response.id());
			listener = (place != null) ? place.listener : null;
		}
		if (listener == null) {
			return false;
		}
		if (listener.received(response)) {
			release(response.id());
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
				this.connection.send(command.withId(take(ResponseListener.UNHEARD, command)));
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
			for (Place place : this.places) {
				if (place.listener != null) {
					waiting.add(place.listener);
				}
			}
		}
		waiting.forEach(ResponseListener::closing);
	}

	void close(String reason) {
		List<Place> pending;
		synchronized (this) {
			this.closeReason = reason;
			pending = List.copyOf(this.places);
			this.places.clear();
			this.free.clear();
		}
		for (Place place : pending) {
			ResponseListener listener = place.listener;
			if (listener != null) {
				listener.lost(place.id, place.uses, reason);
			}
		}
		this.idle.complete(null);
	}

	private String take(ResponseListener listener, Command command) {
		Place place = this.free.poll();
		if (place == null) {
			place = new Place(Integer.toString(this.places.size(), RADIX));
			this.places.add(place);
		}
		place.listener = listener;
		if (command.name().equals(SessionOutcomes.CALL)) {
			place.uses++;
		}
		return place.id;
	}

	private void release(String id) {
		boolean isIdle;
		synchronized (this) {
			Place place = find(id);
			if (place != null && place.listener != null) {
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
		return this.free.size() == this.places.size();
	}

	private @Nullable Place find(String id) {
		int index = place(id);
		return (index >= 0 && index < this.places.size()) ? this.places.get(index) : null;
	}

	private static int place(String id) {
		try {
			return Integer.parseInt(id, RADIX);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
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

		private @Nullable ResponseListener listener;

		private int uses;

		Place(String id) {
			this.id = id;
		}

	}

}
