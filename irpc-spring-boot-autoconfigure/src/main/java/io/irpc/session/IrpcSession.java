package io.irpc.session;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.Response;
import io.irpc.transport.IrpcConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection with a peer, from opening to closing (protocol §1). A function that has
 * a parameter of this type is given the session that it was called on. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class IrpcSession {

	private static final AtomicLong ids = new AtomicLong();

	private final long id = ids.incrementAndGet();

	private final IrpcConnection connection;

	private final SessionOptions options;

	private final PendingCommands pending;

	private final CompletableFuture<String> closed = new CompletableFuture<>();

	private volatile PeerIdentity peer = PeerIdentity.BASE;

	private final AtomicReference<@Nullable SessionUser> user = new AtomicReference<>();

	private final AtomicInteger holds = new AtomicInteger();

	private final SessionHandler handler;

	private volatile @Nullable String remoteUri;

	IrpcSession(IrpcConnection connection, SessionOptions options, SessionHandler handler) {
		this.connection = connection;
		this.options = options;
		this.handler = handler;
		connection.setMaxMessageLength(options.maxAnonymousMessageLength());
		this.pending = new PendingCommands(connection);
	}

	/**
	 * Return the number of the session in this process.
	 * @return the number, counted from 1
	 */
	public long id() {
		return this.id;
	}

	/**
	 * Return the address of the peer.
	 * @return the address, {@code null} if it has none
	 */
	public @Nullable SocketAddress remoteAddress() {
		return this.connection.remoteAddress();
	}

	/**
	 * Return the address of the peer for those who observe it.
	 * @return such as {@code irpc://127.0.0.1:41234}, {@code null} if it has none
	 */
	public @Nullable String remoteUri() {
		String known = this.remoteUri;
		if (known == null && remoteAddress() instanceof InetSocketAddress inet && !inet.isUnresolved()) {
			String host = inet.getAddress().getHostAddress();
			known = "irpc://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
			this.remoteUri = known;
		}
		return known;
	}

	/**
	 * Return whether the peer is on this machine.
	 * @return {@code true} over a Unix domain socket or the loopback interface
	 */
	public boolean isLocal() {
		return this.connection.isLocal();
	}

	/**
	 * Return whether nobody else can read the messages.
	 * @return {@code true} over TLS
	 */
	public boolean isEncrypted() {
		return this.connection.isEncrypted();
	}

	/**
	 * Return the certificate that the peer has proved to own the key of.
	 * @return the certificate, {@code null} without TLS or without one
	 */
	public @Nullable X509Certificate peerCertificate() {
		return this.connection.peerCertificate();
	}

	/**
	 * Return the operating system's user that the peer's process runs as. Looks it up, so
	 * not to be called on the event loop.
	 * @return the name, {@code null} if it is unknown, as it always is over TCP
	 */
	public @Nullable String peerUser() {
		return this.connection.peerUser();
	}

	/**
	 * Return what the peer has said of itself.
	 * @return the identity, {@link PeerIdentity#BASE} as long as it has said nothing
	 */
	public PeerIdentity peer() {
		return this.peer;
	}

	/**
	 * Return the length of the longest command that the peer accepts.
	 * @return the length in bytes; this end's own limit if the peer does not say
	 */
	public int maxCommandLength() {
		Integer max = this.peer.maxMessageLength();
		return (max != null) ? max : this.options.maxMessageLength();
	}

	/**
	 * Return what the session has done and does at the moment.
	 * @return the figures
	 */
	public SessionFigures figures() {
		return this.handler.figures();
	}

	/**
	 * Return the user that the session belongs to.
	 * @return the user, {@code null} for an anonymous session
	 */
	public @Nullable SessionUser user() {
		return this.user.get();
	}

	/**
	 * Give the session to a user, or make it anonymous again. Commands that run go on for
	 * the user that they began with.
	 * @param user the user, {@code null} for none
	 */
	public void changeUser(@Nullable SessionUser user) {
		userChanged(this.user.getAndSet(user), user);
	}

	/**
	 * Give the session to a user, or make it anonymous, unless it has changed hands
	 * meanwhile.
	 * @param expected the user that it is thought to belong to, {@code null} for none
	 * @param user the user, {@code null} for none
	 * @return whether it was changed
	 */
	public boolean replaceUser(@Nullable SessionUser expected, @Nullable SessionUser user) {
		boolean replaced = this.user.compareAndSet(expected, user);
		if (replaced) {
			userChanged(expected, user);
		}
		return replaced;
	}

	private void userChanged(@Nullable SessionUser previous, @Nullable SessionUser user) {
		eventLoop().execute(() -> this.handler.userChanged(previous));
		this.connection.setMaxMessageLength(
				(user != null) ? this.options.maxMessageLength() : this.options.maxAnonymousMessageLength());
	}

	/**
	 * Let commands that come from now on wait for something, such as the check of a
	 * login, so that a peer need not wait for the answer itself. Those that control the
	 * session are not held up.
	 * @param stage what they wait for, whether it succeeds or fails
	 */
	public void hold(CompletionStage<?> stage) {
		this.holds.incrementAndGet();
		Invocation holder = Invocation.current();
		stage.whenComplete((result, ex) -> {
			// the answer of the command that holds the others goes first
			if (holder != null) {
				holder.whenAnswered(this::release);
			}
			else {
				release();
			}
		});
	}

	private void release() {
		eventLoop().execute(() -> {
			if (this.holds.decrementAndGet() == 0) {
				this.handler.released();
			}
		});
	}

	/**
	 * Return whether commands wait for something.
	 * @return {@code true} while a {@link #hold} lasts
	 */
	public boolean isHeld() {
		return this.holds.get() > 0;
	}

	/**
	 * Take no more commands, answer those taken, tell the peer why, and close the
	 * session.
	 * @param reason why
	 */
	public void end(IrpcException reason) {
		this.handler.end(reason);
	}

	/**
	 * Return the commands that this end has sent.
	 * @return the commands without a final response
	 */
	public PendingCommands pending() {
		return this.pending;
	}

	/**
	 * Change how soon it is found out that the peer is gone (protocol §6 and §8).
	 * @param interval time of silence after which the peer is pinged; after three times
	 * as long the session is closed
	 * @throws IllegalArgumentException if it is not positive
	 */
	public void setKeepAlive(Duration interval) {
		this.connection.setKeepAlive(interval);
	}

	/**
	 * Send a response that is not final, such as the firing of an event.
	 * @param response the response
	 * @throws IllegalArgumentException if the response breaks the grammar
	 */
	public void send(Response response) {
		this.connection.send(response);
	}

	void sendAll(List<Response> responses) {
		this.connection.send(responses);
	}

	/**
	 * Write now what was sent, where many sessions are sent something and the turn of the
	 * last one would come late. Called on the event loop.
	 */
	public void flush() {
		this.connection.flush();
	}

	/**
	 * Return whether the session can take more messages now. One that cannot will be told
	 * to {@link SessionListener#writable} when it can.
	 * @return {@code false} while too many bytes are unsent
	 */
	public boolean isWritable() {
		return this.connection.isWritable();
	}

	/**
	 * Return whether the sessions of this end hold so much memory together that what can
	 * wait should (protocol §8).
	 * @return {@code true} if no more than needed should be sent
	 */
	public boolean isMemoryScarce() {
		return this.handler.isMemoryScarce();
	}

	/**
	 * Return the thread of this session's connection.
	 * @return an executor that runs tasks one after the other; tasks must not block
	 */
	public Executor eventLoop() {
		return this.connection.eventLoop();
	}

	/**
	 * Return the end of the session.
	 * @return completed on the event loop with the reason
	 */
	public CompletableFuture<String> whenClosed() {
		return this.closed.copy();
	}

	/**
	 * Close the session when what was sent before is written.
	 * @param reason why, in words for a log
	 */
	public void close(String reason) {
		this.pending.closing();
		this.connection.close(reason);
	}

	Future<?> schedule(Runnable task, Duration delay) {
		return this.connection.schedule(task, delay);
	}

	boolean isInputOpen() {
		return this.handler.isInputOpen();
	}

	CommandInbox inbox() {
		return this.handler.inbox();
	}

	/**
	 * Remember from now on what becomes of the peer's calls.
	 * @return the token to ask for that with, {@code null} if this end remembers nothing
	 */
	@Nullable String rememberOutcomes() {
		return this.handler.outcomes().open();
	}

	/**
	 * Find what has become of the calls of another session of the same user, which ends
	 * if it has not.
	 * @param token the token of that session
	 * @return the log, {@code null} if there is none
	 */
	@Nullable OutcomeLog findOutcomes(String token) {
		return this.handler.outcomes().find(token, user());
	}

	boolean inEventLoop() {
		return this.connection.inEventLoop();
	}

	/**
	 * Take note of what the peer has said of itself.
	 * @param identity the identity
	 */
	public void identify(PeerIdentity identity) {
		this.peer = identity;
	}

	SessionOptions options() {
		return this.options;
	}

	void completeClosed(String reason) {
		this.pending.close(reason);
		this.closed.complete(reason);
	}

	@Override
	public String toString() {
		return "session " + this.id + " of " + LogSafe.text(remoteAddress());
	}

}
