package io.irpc.event;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.journal.PositionExpiredException;
import io.irpc.payload.Payload;
import io.irpc.protocol.Response;
import io.irpc.service.Access;
import io.irpc.service.AccessPolicy;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One {@code monitor} of one session (protocol §5.1). Either LIVE, fed by the
 * broadcaster, or REPLAYING: reading the journal behind its own position, until a read
 * comes back empty and nothing new was announced meanwhile. A session that cannot take
 * more sends it back to REPLAYING, so that a slow consumer costs no memory. Confined to
 * the event loop of its session once it is created.
 */
final class Subscription {

	private static final Log logger = LogFactory.getLog(Subscription.class);

	private static final int READ_LIMIT = 256;

	private final IrpcSession session;

	private final String id;

	private final EventType type;

	private final Access access;

	private final AccessPolicy policy;

	private final EventJournal journal;

	private final Executor readers;

	private Position position;

	private Position announced;

	private State state = State.NEW;

	private boolean reading;

	/**
	 * Create a subscription for the events that are raised from now on.
	 * @param session the session
	 * @param id the id that signals carry
	 * @param type the event
	 * @param policy decides whether the session may receive the event
	 * @param journal the journal
	 * @param readers runs reads of the journal, which may block
	 */
	Subscription(IrpcSession session, String id, EventType type, AccessPolicy policy, EventJournal journal,
			Executor readers) {
		this.session = session;
		this.id = id;
		this.type = type;
		this.access = new Access(Access.Kind.EVENT, type.name());
		this.policy = policy;
		this.journal = journal;
		this.readers = readers;
		this.position = journal.head();
		this.announced = this.position;
	}

	String id() {
		return this.id;
	}

	String event() {
		return this.type.name();
	}

	/**
	 * Take new entries of the journal.
	 * @param entries the entries, in order
	 */
	void deliver(List<JournalEntry> entries) {
		announce(entries.get(entries.size() - 1).position());
		if (this.state == State.LIVE && !send(entries) && this.state == State.LIVE) {
			this.state = State.REPLAYING;
		}
	}

	/**
	 * Know of entries that were not handed over.
	 * @param newest the position of the newest one
	 */
	void miss(Position newest) {
		announce(newest);
		if (this.state == State.LIVE) {
			this.state = State.REPLAYING;
			resume();
		}
	}

	/**
	 * Begin to send signals: those of all events since the subscription was created.
	 */
	void start() {
		if (this.state == State.NEW) {
			this.state = State.REPLAYING;
			resume();
		}
	}

	/**
	 * Go on with replaying if the session can take more.
	 */
	void resume() {
		if (this.state == State.REPLAYING && !this.reading && this.session.isWritable()) {
			this.reading = true;
			try {
				this.readers.execute(this::read);
			}
			catch (RejectedExecutionException ex) {
				// the server stops, and the session with it
				this.state = State.ENDED;
			}
		}
	}

	/**
	 * End the subscription: no signal is sent from now on.
	 */
	void end() {
		this.state = State.ENDED;
	}

	boolean isEnded() {
		return this.state == State.ENDED;
	}

	private void announce(Position newest) {
		if (newest.isAfter(this.announced)) {
			this.announced = newest;
		}
	}

	// on a thread that may block; position does not change while reading is set
	private void read() {
		try {
			List<JournalEntry> entries = this.journal.read(this.position, null, READ_LIMIT).entries();
			this.session.eventLoop().execute(() -> replay(entries));
		}
		catch (PositionExpiredException ex) {
			logger.debug(
					"A monitor of " + this.type.name() + " on " + this.session + " has missed events: they are gone");
			this.session.eventLoop().execute(() -> {
				this.position = ex.oldest();
				replay(List.of());
			});
		}
	}

	private void replay(List<JournalEntry> entries) {
		this.reading = false;
		if (this.state != State.REPLAYING) {
			return;
		}
		if (entries.isEmpty() && !this.announced.isAfter(this.position)) {
			this.state = State.LIVE;
		}
		else if (send(entries)) {
			resume();
		}
	}

	private boolean send(List<JournalEntry> entries) {
		for (JournalEntry entry : entries) {
			if (!entry.position().isAfter(this.position)) {
				continue;
			}
			if (entry.event().equals(this.type.name())) {
				if (!this.session.isWritable()) {
					return false;
				}
				SessionUser user = this.session.user();
				if (!this.policy.permits(this.access, this.session, user)) {
					logger.debug("The user of " + this.session + " may not receive " + this.type.name() + " any more");
					end();
					return false;
				}
				Payload arguments = this.type.view().show(entry, SessionUser.authoritiesOf(user));
				this.session.send(Response.signal(this.id, arguments));
			}
			this.position = entry.position();
		}
		return true;
	}

	private enum State {

		NEW, LIVE, REPLAYING, ENDED

	}

}
