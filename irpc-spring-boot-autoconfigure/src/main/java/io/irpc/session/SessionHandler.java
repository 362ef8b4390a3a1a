package io.irpc.session;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.protocol.ProtocolException;
import io.irpc.protocol.Response;
import io.irpc.transport.ConnectionListener;
import io.irpc.transport.IrpcConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Routes what a connection receives: commands to the inbox, responses to the commands
 * that wait for them.
 */
final class SessionHandler implements ConnectionListener, MemoryBudget.Holder {

	private static final Log logger = LogFactory.getLog(SessionHandler.class);

	/**
	 * How long commands may take to be answered on a session that is ended.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final IrpcConnection connection;

	private final IrpcSession session;

	private final SessionAdmission.Place place;

	private final CommandDispatcher dispatcher;

	private final CommandInbox inbox;

	private final List<SessionListener> listeners;

	private final Set<SessionHandler> sessions;

	private final MemoryAccount memory;

	private final LoginDeadline loginDeadline;

	private final UnknownResponses unknownResponses = new UnknownResponses();

	private final LastWords lastWords;

	private final SessionOutcomes outcomes;

	private final SessionActivity activity;

	private final LongAdder openedSessions;

	private volatile boolean inputOpen = true;

	private boolean pinged;

	private boolean ended;

	SessionHandler(IrpcConnection connection, SessionAdmission.Place place, SessionEnvironment environment) {
		this.connection = connection;
		this.session = new IrpcSession(connection, environment.options(), this);
		this.place = place;
		this.dispatcher = environment.dispatcher();
		this.inbox = new CommandInbox(this.session, this, environment);
		this.lastWords = new LastWords(environment.dispatcher().converter());
		this.outcomes = new SessionOutcomes(environment.outcomes(), this);
		this.activity = new SessionActivity(environment.clock(), environment.traffic());
		this.openedSessions = environment.opened();
		this.listeners = environment.listeners();
		this.sessions = environment.sessions();
		this.memory = new MemoryAccount(environment.memory());
		this.loginDeadline = new LoginDeadline(this, this.session, connection, environment.limits().anonymous());
		connection.onClosed(place::release);
		connection.onClosed(this.memory::close);
	}

	void userChanged(@Nullable SessionUser previous) {
		this.place.userChanged(this.session.user());
		this.loginDeadline.restart();
		this.listeners.forEach((listener) -> listener.userChanged(this.session, previous));
	}

	void released() {
		this.inbox.runNext();
		this.session.eventLoop().execute(this.loginDeadline::check);
	}

	void end(IrpcException reason) {
		this.inbox.end().thenRun(() -> tellAndClose(reason));
	}

	/**
	 * Send the peer away, give the commands taken a while to be answered, tell the peer
	 * why, and close the session.
	 * @param retry when it may connect again
	 * @param reason why
	 */
	void dismiss(Duration retry, IrpcException reason) {
		goAway(GoAway.Reason.ENDED, retry).completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.thenRun(() -> tellAndClose(reason));
	}

	private void tellAndClose(IrpcException reason) {
		this.session.send(this.dispatcher.refusal(reason, this.session, ""));
		this.session.close(reason.getMessage());
	}

	/**
	 * Tell the peer that it has exceeded a limit, and close the session. Called on the
	 * event loop.
	 * @param reason what was exceeded
	 */
	void end(LimitException reason) {
		if (!this.ended) {
			this.ended = true;
			this.session.send(this.dispatcher.refusal(reason, this.session, ""));
			this.session.close(reason.getMessage());
		}
	}

	/**
	 * Send the peer away and take no more commands than it has sent until it knows.
	 * @param reason why
	 * @param retry when it may connect again
	 * @return completed when those taken are answered
	 */
	CompletableFuture<Void> goAway(GoAway.Reason reason, Duration retry) {
		return GoAway.send(this.session, reason, retry).thenCompose((known) -> this.inbox.end());
	}

	IrpcSession session() {
		return this.session;
	}

	SessionFigures figures() {
		return this.activity.figures(this.inbox.accepted());
	}

	CommandInbox inbox() {
		return this.inbox;
	}

	boolean isInputOpen() {
		return this.inputOpen;
	}

	SessionOutcomes outcomes() {
		return this.outcomes;
	}

	/**
	 * End the session at once, so that nothing of it begins any more.
	 * @param reason why, in words for a log
	 */
	void fence(String reason) {
		this.inbox.leave();
		this.dispatcher.forget(this.session);
		this.connection.cut(reason);
	}

	/**
	 * Close the session when what was sent to it before is written.
	 * @param reason why, in words for a log
	 * @return completed when it is closed
	 */
	CompletableFuture<String> close(String reason) {
		this.session.close(reason);
		return this.session.whenClosed();
	}

	@Override
	public void opened() {
		this.sessions.add(this);
		this.openedSessions.increment();
		this.loginDeadline.restart();
		this.listeners.forEach((listener) -> listener.opened(this.session));
	}

	@Override
	public void received(IrpcMessage message) {
		boolean wasPinged = this.pinged;
		if (!this.ended) {
			take(message);
		}
		boolean isSignOfLife = wasPinged != this.pinged || PingHandler.isPing(message);
		this.activity.received(!isSignOfLife);
	}

	private void take(IrpcMessage message) {
		if (message instanceof Command command) {
			this.inbox.entrance().accept(command);
		}
		else if (!this.session.pending().receive((Response) message)) {
			this.lastWords.received((Response) message);
			dropResponse();
		}
	}

	@Override
	public void malformed(ProtocolException ex) {
		if (this.ended) {
			return;
		}
		switch (ex.consequence()) {
			case DROP -> dropResponse();
			case ANSWER -> this.inbox.entrance().refuse(ex);
			case CLOSE -> {
				this.session.send(this.dispatcher.refusal(ex, this.session, ""));
				this.session.close(ex.getMessage());
			}
		}
	}

	@Override
	public void idle() {
		// a peer that leaves pings unanswered is not to be remembered for each of them
		if (!this.pinged) {
			this.pinged = true;
			this.session.pending().send(PingHandler.PING, new SignOfLife());
		}
	}

	@Override
	public void writabilityChanged(boolean writable) {
		if (writable) {
			this.inbox.runNext();
			this.inbox.resumeStreams();
			this.listeners.forEach((listener) -> listener.writable(this.session));
		}
	}

	@Override
	public void exceeded(Limit limit, String reason) {
		if (!this.ended) {
			this.ended = true;
			this.session.send(this.dispatcher.refusal(new LimitException(limit, reason), this.session, ""));
		}
	}

	@Override
	public void memoryChanged(long change) {
		this.memory.add(change);
	}

	@Override
	public void bytesReceived(int bytes) {
		this.inbox.entrance().takeArrived();
		this.activity.bytesReceived(bytes);
	}

	@Override
	public void messagesWritten(int messages, int bytes) {
		this.activity.written(messages, bytes);
	}

	boolean isMemoryScarce() {
		return this.memory.isScarce();
	}

	@Override
	public boolean isAnonymous() {
		return this.session.user() == null;
	}

	@Override
	public long heldBytes() {
		return this.memory.bytes() + this.inbox.heldBytes();
	}

	@Override
	public long unsentBytes() {
		return this.connection.unsentBytes();
	}

	@Override
	public void evict() {
		this.memory.close();
		this.inbox.leave();
		this.dispatcher.forget(this.session);
		String reason = "The sessions of this server hold too much memory, this one much of it";
		this.session.eventLoop().execute(() -> {
			exceeded(Limit.MEMORY, reason);
			this.connection.cut(reason);
		});
	}

	@Override
	public void inputClosed() {
		this.inputOpen = false;
		this.inbox.resumeStreams();
		this.inbox.end().thenRun(() -> this.session.close("the peer has ended its input"));
	}

	@Override
	public void closed(String cause) {
		String reason = this.lastWords.appendTo(cause);
		if (logger.isDebugEnabled()) {
			logger.debug(SessionEnd.describe(this.session, reason));
		}
		this.sessions.remove(this);
		this.loginDeadline.cancel();
		this.inbox.leave();
		this.outcomes.closed();
		this.dispatcher.forget(this.session);
		this.session.completeClosed(reason);
		this.listeners.forEach((listener) -> listener.closed(this.session, reason));
	}

	private void dropResponse() {
		if (this.unknownResponses.add(System.nanoTime())) {
			end(new LimitException(Limit.UNKNOWN_RESPONSES, "Too many responses that answer nothing"));
		}
	}

	/**
	 * Any answer to a ping will do: a base peer does not know the command and proves with
	 * its error that it lives.
	 */
	private final class SignOfLife implements ResponseListener {

		@Override
		public boolean received(Response response) {
			SessionHandler.this.pinged = false;
			return true;
		}

		@Override
		public void closed(String reason) {
		}

	}

}
