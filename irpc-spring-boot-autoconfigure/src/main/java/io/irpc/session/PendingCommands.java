package io.irpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

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

	private final List<@Nullable ResponseListener> places = new ArrayList<>();

	private final Deque<Integer> free = new ArrayDeque<>();

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
			id = (reason != null) ? "" : take(listener);
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
	 * Hand a response to the listener of its command.
	 * @param response the response
	 * @return {@code false} if there is no such command
	 */
	boolean receive(Response response) {
		ResponseListener listener;
		synchronized (this) {
			int place = place(response.id());
			listener = (place >= 0 && place < this.places.size()) ? this.places.get(place) : null;
		}
		if (listener == null) {
			return false;
		}
		if (listener.received(response)) {
			release(response.id());
		}
		return true;
	}

	void close(String reason) {
		List<ResponseListener> listeners;
		synchronized (this) {
			this.closeReason = reason;
			listeners = this.places.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
			this.places.clear();
			this.free.clear();
		}
		listeners.forEach((listener) -> listener.closed(reason));
	}

	private String take(ResponseListener listener) {
		Integer place = this.free.poll();
		if (place == null) {
			place = this.places.size();
			this.places.add(listener);
		}
		else {
			this.places.set(place, listener);
		}
		return Integer.toString(place, RADIX);
	}

	private synchronized void release(String id) {
		int place = place(id);
		if (place < this.places.size() && this.places.set(place, null) != null) {
			this.free.push(place);
		}
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
		 * A response was received.
		 * @param response the response
		 * @return whether the command is finished, so that its id may be used again
		 */
		boolean received(Response response);

		/**
		 * The session was closed before the command was finished.
		 * @param reason why, in words for people
		 */
		void closed(String reason);

	}

}
