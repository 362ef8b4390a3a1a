package io.irpc.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.ProtocolException;
import io.irpc.protocol.Response;
import io.irpc.transport.ConnectionListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Routes what a connection receives: commands to the inbox, responses to the commands
 * that wait for them.
 */
final class SessionHandler implements ConnectionListener {

	private static final Log logger = LogFactory.getLog(SessionHandler.class);

	private final IrpcSession session;

	private final CommandDispatcher dispatcher;

	private final CommandInbox inbox;

	private final List<SessionListener> listeners;

	private final Set<SessionHandler> sessions;

	private final UnknownResponses unknownResponses = new UnknownResponses();

	SessionHandler(IrpcSession session, CommandDispatcher dispatcher, List<SessionListener> listeners,
			Set<SessionHandler> sessions) {
		this.session = session;
		this.dispatcher = dispatcher;
		this.inbox = new CommandInbox(session, dispatcher);
		this.listeners = listeners;
		this.sessions = sessions;
		session.attach(this);
	}

	void userChanged(@Nullable SessionUser previous) {
		this.listeners.forEach((listener) -> listener.userChanged(this.session, previous));
	}

	void released() {
		this.inbox.runNext();
	}

	void end(IrpcException reason) {
		this.inbox.end().thenRun(() -> {
			this.session.send(this.dispatcher.refusal(reason, this.session, ""));
			this.session.close(reason.getMessage());
		});
	}

	/**
	 * Take no more commands.
	 * @return completed when those taken are answered
	 */
	CompletableFuture<Void> end() {
		return this.inbox.end();
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
		this.listeners.forEach((listener) -> listener.opened(this.session));
	}

	@Override
	public void received(IrpcMessage message) {
		if (message instanceof Command command) {
			this.inbox.accept(command);
		}
		else if (!this.session.pending().receive((Response) message)) {
			dropResponse();
		}
	}

	@Override
	public void malformed(ProtocolException ex) {
		switch (ex.consequence()) {
			case DROP -> dropResponse();
			case ANSWER -> this.inbox.refuse(ex);
			case CLOSE -> {
				this.session.send(this.dispatcher.refusal(ex, this.session, ""));
				this.session.close(ex.getMessage());
			}
		}
	}

	@Override
	public void idle() {
		this.session.pending().send(PingHandler.PING, PingHandler.SIGN_OF_LIFE);
	}

	@Override
	public void writabilityChanged(boolean writable) {
		if (writable) {
			this.inbox.runNext();
			this.listeners.forEach((listener) -> listener.writable(this.session));
		}
	}

	@Override
	public void inputClosed() {
		this.inbox.end().thenRun(() -> this.session.close("the peer has ended its input"));
	}

	@Override
	public void closed(String reason) {
		logger.debug("Closed: " + this.session + ", " + LogSafe.text(reason));
		this.sessions.remove(this);
		this.inbox.clear();
		this.session.completeClosed(reason);
		this.listeners.forEach((listener) -> listener.closed(this.session, reason));
	}

	private void dropResponse() {
		if (this.unknownResponses.add(System.nanoTime())) {
			this.session.close("too many responses that answer nothing");
		}
	}

}
