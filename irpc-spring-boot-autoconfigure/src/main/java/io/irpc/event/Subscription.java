package io.irpc.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.service.Access;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes the entries of the journal from a position on to one session, in order and
 * without a gap that is not told (protocol §5). Either LIVE, fed by the broadcaster, or
 * REPLAYING: reading the journal behind its own position, until a read finds nothing more
 * and nothing new was announced meanwhile. A session that cannot take more sends it back
 * to REPLAYING, so that a slow consumer costs no memory. Confined to the event loop of
 * its session once it is created.
 */
final class Subscription implements SubscriptionReplayer.Listener {

	private static final Log logger = LogFactory.getLog(Subscription.class);

	private static final int READ_LIMIT = 256;

	private final SubscriptionEnvironment environment;

	private final IrpcSession session;

	private final SubscriptionKey key;

	private final Access access;

	private final Outlet outlet;

	private final SubscriptionDeliveries deliveries;

	private final SubscriptionReplayer replayer;

	private Selection selection;

	private Position position;

	private Position announced;

	private volatile State state = State.NEW;

	private volatile @Nullable Instant reached;

	/**
	 * Create a subscription that sends nothing yet.
	 * @param environment what it works with
	 * @param session the session
	 * @param key what it is known by
	 * @param selection what it gets
	 * @param position the position before the first entry
	 * @param outlets makes what sends, given a task to run when there is room again
	 */
	Subscription(SubscriptionEnvironment environment, IrpcSession session, SubscriptionKey key, Selection selection,
			Position position, Function<Runnable, Outlet> outlets) {
		this.environment = environment;
		this.session = session;
		this.key = key;
		this.access = new Access(Access.Kind.EVENT, selection.type().name());
		this.selection = environment.selections().acquire(selection);
		this.position = position;
		this.announced = position;
		this.deliveries = new SubscriptionDeliveries(environment, this.access.name());
		this.outlet = outlets.apply(this::resume);
		this.replayer = new SubscriptionReplayer(environment, session, this);
	}

	SubscriptionKey key() {
		return this.key;
	}

	String event() {
		return this.access.name();
	}

	boolean isMonitorOf(String name) {
		return this.key.command().equals(SubscriptionKey.MONITOR) && event().equals(name);
	}

	Outlet outlet() {
		return this.outlet;
	}

	/**
	 * Return how this is doing. Called on any thread.
	 * @return the figures of the moment
	 */
	SubscriptionFigures figures() {
		Outlet.Progress progress = this.outlet.progress();
		boolean live = isLive();
		SessionUser user = this.session.user();
		long lag = Math.max(0, this.environment.journal().head().value() - progress.cursor().value());
		return new SubscriptionFigures(this.session.id(), this.key.command(), this.key.name(), event(),
				(user != null) ? user.principal().getName() : null,
				live ? SubscriptionFigures.State.LIVE : SubscriptionFigures.State.REPLAYING, this.outlet.isDurable(),
				progress.cursor(), lag, (lag > 0) ? behind(progress, live) : Duration.ZERO, this.deliveries.count(),
				progress.acknowledgements());
	}

	private @Nullable Duration behind(Outlet.Progress progress, boolean live) {
		Instant since = progress.waitingSince();
		if (since == null && !live) {
			since = this.reached;
		}
		if (since == null) {
			// what is new is on its way
			return live ? Duration.ZERO : null;
		}
		Duration behind = Duration.between(since, this.environment.clock().instant());
		return behind.isNegative() ? Duration.ZERO : behind;
	}

	boolean isLive() {
		return this.state == State.LIVE;
	}

	/**
	 * Take new entries of the journal.
	 * @param batch the entries
	 */
	void deliver(EventBatch batch) {
		announce(batch.newest());
		if (this.state != State.LIVE) {
			return;
		}
		List<Selected> selected = batch.of(this.selection);
		if (selected != null && send(selected)) {
			pass(batch.newest());
		}
		else if (this.state == State.LIVE) {
			replay();
		}
	}

	/**
	 * Know of entries that were not handed over.
	 * @param newest the position of the newest one
	 */
	void miss(Position newest) {
		announce(newest);
		if (this.state == State.LIVE) {
			replay();
		}
	}

	/**
	 * Begin to send.
	 */
	void start() {
		if (this.state == State.NEW) {
			replay();
		}
	}

	/**
	 * Go on with replaying if the session can take more.
	 */
	@Override
	public void resume() {
		if (this.state != State.REPLAYING || this.replayer.isReading() || !this.session.isWritable()
				|| !this.outlet.isReady()) {
			return;
		}
		int limit = (this.selection.where() != null) ? READ_LIMIT : Math.min(READ_LIMIT, this.outlet.room());
		try {
			this.replayer.read(this.selection, this.position, limit);
		}
		catch (RejectedExecutionException ex) {
			// the server stops, and the session with it
			end();
		}
	}

	/**
	 * End the subscription: nothing is sent from now on.
	 */
	void end() {
		if (this.state != State.ENDED) {
			this.state = State.ENDED;
			this.outlet.end();
			this.environment.selections().release(this.selection);
		}
	}

	/**
	 * End the subscription, and do not remember what is acknowledged late.
	 */
	void discard() {
		this.outlet.discard();
		end();
	}

	boolean isEnded() {
		return this.state == State.ENDED;
	}

	private void replay() {
		if (this.state == State.LIVE) {
			// all before was sent
			this.reached = this.environment.clock().instant();
			this.environment.counts().fellBack();
		}
		this.state = State.REPLAYING;
		resume();
	}

	private void announce(Position newest) {
		if (newest.isAfter(this.announced)) {
			this.announced = newest;
		}
	}

	@Override
	public void read(JournalPage page, List<Selected> selected) {
		if (this.state == State.REPLAYING && send(selected)) {
			reach(page.entries());
			pass(page.end());
			if (page.complete() && !this.announced.isAfter(this.position)) {
				this.state = State.LIVE;
			}
		}
		resume();
	}

	@Override
	public void truncated(Position oldest) {
		if (this.state == State.REPLAYING) {
			this.environment.counts().truncated();
			this.outlet.truncated(oldest);
			this.position = oldest;
			this.announced = oldest;
			resume();
		}
	}

	private void reach(List<JournalEntry> entries) {
		if (!entries.isEmpty()) {
			this.reached = entries.get(entries.size() - 1).time();
		}
	}

	private void pass(Position end) {
		if (end.isAfter(this.position)) {
			this.position = end;
			this.outlet.passed(end);
		}
	}

	/**
	 * Send what comes behind the position.
	 * @param selected the entries, in order
	 * @return whether all were sent
	 */
	private boolean send(List<Selected> selected) {
		int first = 0;
		while (first < selected.size() && !selected.get(first).entry().position().isAfter(this.position)) {
			first++;
		}
		// once for all of them, as they leave together
		if (first < selected.size() && !isPermitted()) {
			return false;
		}
		int next = first;
		while (next < selected.size() && this.outlet.room() > 0 && this.session.isWritable()) {
			Selected one = selected.get(next++);
			this.position = one.entry().position();
			this.outlet.send(one);
		}
		this.deliveries.sent(selected.subList(first, next), isLive());
		return next == selected.size();
	}

	@SuppressWarnings("ReferenceEquality")
	private boolean isPermitted() {
		SessionUser user = this.session.user();
		if (!this.environment.policy().permits(this.access, this.session, user)) {
			logger.debug("The user of " + this.session + " may not receive " + event() + " any more");
			end();
			return false;
		}
		Selection permitted = this.selection.forAuthorities(SessionUser.authoritiesOf(user));
		if (permitted != this.selection) {
			this.environment.selections().release(this.selection);
			this.selection = this.environment.selections().acquire(permitted);
			return false;
		}
		return true;
	}

	private enum State {

		NEW, LIVE, REPLAYING, ENDED

	}

}
