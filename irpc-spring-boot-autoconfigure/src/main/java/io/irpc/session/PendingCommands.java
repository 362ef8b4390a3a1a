package io.irpc.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.irpc.protocol.Command;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.Response;
import io.irpc.session.PendingPlaces.Place;
import io.irpc.transport.IrpcConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The commands that this end has sent and that may still get responses. Their ids are as
 * short as can be: the number of a place in a list, used again when it becomes free. Safe
 * for use by many threads.
 *
 * @since 0.1.0
 */
public final class PendingCommands {

	private static final Log logger = LogFactory.getLog(PendingCommands.class);

	private final IrpcConnection connection;

	private final PendingPlaces places = new PendingPlaces();

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
			if (place != null && timed) {
				place.waitUntil(deadline);
				if (this.timer == null || deadline - this.timerDeadline < 0) {
					startTimer(deadline);
				}
			}
		}
		if (place == null) {
			listener.closed(String.valueOf(reason));
			return "";
		}
		try {
			this.connection.send(command.withId(place.id()));
		}
		catch (RuntimeException ex) {
			release(place);
			throw ex;
		}
		return place.id();
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
			for (Place place : this.places.taken()) {
				if (place.isTimed() && place.deadline() - now <= 0) {
					place.waitOn();
					expired.add(Objects.requireNonNull(place.listener()));
				}
				else if (place.isTimed() && (next == null || place.deadline() - next.deadline() < 0)) {
					next = place;
				}
			}
			if (next != null) {
				startTimer(next.deadline());
			}
		}
		expired.forEach((listener) -> tell(listener, ResponseListener::expired));
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
			isIdle = this.places.areFree();
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
		Place place = this.places.find(response.id());
		ResponseListener listener = (place != null) ? place.listener() : null;
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
			Place place = this.places.find(id);
			if (place != null && place.listener() == listener) {
				this.connection.send(command.withId(take(ResponseListener.UNHEARD, command).id()));
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
		List<Place> waiting;
		synchronized (this) {
			waiting = this.places.taken();
		}
		waiting.forEach((place) -> tell(place.listener(), ResponseListener::closing));
	}

	void close(String reason) {
		List<Place> waiting;
		synchronized (this) {
			this.closeReason = reason;
			waiting = this.places.taken();
			this.places.clear();
			if (this.timer != null) {
				this.timer.cancel(false);
			}
		}
		waiting
			.forEach((place) -> tell(place.listener(), (listener) -> listener.lost(place.id(), place.uses(), reason)));
		this.idle.complete(null);
	}

	// the others are to know as well
	private static void tell(@Nullable ResponseListener listener, Consumer<ResponseListener> news) {
		try {
			if (listener != null) {
				news.accept(listener);
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error("Unexpected failure of a listener of responses", LogSafe.failure(ex));
		}
	}

	private Place take(ResponseListener listener, Command command) {
		Place place = this.places.take(listener);
		if (command.name().equals(SessionOutcomes.CALL)) {
			place.use();
		}
		return place;
	}

	private void release(Place place) {
		boolean isIdle;
		synchronized (this) {
			if (this.closeReason == null) {
				this.places.release(place);
			}
			isIdle = this.idleAwaited && this.places.areFree();
		}
		if (isIdle) {
			this.idle.complete(null);
		}
	}

}
