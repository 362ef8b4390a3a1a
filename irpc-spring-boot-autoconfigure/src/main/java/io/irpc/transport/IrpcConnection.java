package io.irpc.transport;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSession;

import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.MessageEncoder;
import io.irpc.protocol.MessageFrameDecoder;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer. Safe for use by many threads: messages leave in the order in
 * which {@link #send} was called, all that are waiting in one write.
 *
 * @since 0.1.0
 */
public final class IrpcConnection {

	private final Channel channel;

	private final MessageFrameDecoder frameDecoder;

	private final ConnectionOptions options;

	private final LingeringClose lingeringClose;

	private final UnsentBytes unsent;

	private final OutboundMessages outbound;

	private volatile @Nullable String closeReason;

	private volatile @Nullable SSLSession tls;

	IrpcConnection(Channel channel, MessageFrameDecoder frameDecoder, ConnectionOptions options) {
		this.channel = channel;
		this.frameDecoder = frameDecoder;
		this.options = options;
		this.unsent = new UnsentBytes(this, channel.eventLoop(), options);
		this.outbound = new OutboundMessages(channel, this.unsent);
		this.lingeringClose = new LingeringClose(channel, options.slowPeerTimeout());
	}

	void listen(ConnectionListener connectionListener) {
		this.unsent.listen(connectionListener);
	}

	/**
	 * Return the address of the peer.
	 * @return the address, {@code null} if the peer has none
	 */
	public @Nullable SocketAddress remoteAddress() {
		return this.channel.remoteAddress();
	}

	/**
	 * Return whether the peer is on this machine.
	 * @return {@code true} over a Unix domain socket or the loopback interface, and
	 * inside this process
	 */
	public boolean isLocal() {
		return Peer.isLocal(this.channel);
	}

	/**
	 * Return whether nobody else can read the messages.
	 * @return {@code true} over TLS
	 */
	public boolean isEncrypted() {
		return this.tls != null;
	}

	/**
	 * Return the certificate that the peer has proved to own the key of.
	 * @return the certificate, {@code null} without TLS or without one
	 */
	public @Nullable X509Certificate peerCertificate() {
		SSLSession session = this.tls;
		return (session != null) ? Peer.certificate(session) : null;
	}

	/**
	 * Return the operating system's user that the peer's process runs as. Looks it up, so
	 * not to be called on the event loop.
	 * @return the name, {@code null} if it is unknown, as it always is over TCP
	 */
	public @Nullable String peerUser() {
		return Peer.user(this.channel);
	}

	/**
	 * Return the event loop of this connection.
	 * @return an executor that runs tasks one after the other, on the thread that calls
	 * the {@link ConnectionListener}; tasks must not block
	 */
	public Executor eventLoop() {
		return this.channel.eventLoop();
	}

	/**
	 * Return whether the calling thread is the event loop of this connection.
	 * @return {@code true} on the event loop
	 */
	public boolean inEventLoop() {
		return this.channel.eventLoop().inEventLoop();
	}

	/**
	 * Return whether few enough bytes are unsent.
	 * @return {@code false} from the high water mark on, until below the low one
	 */
	public boolean isWritable() {
		return this.unsent.isWritable();
	}

	/**
	 * Change the length of the longest line accepted.
	 * @param maxLength the length in bytes
	 */
	public void setMaxMessageLength(int maxLength) {
		if (inEventLoop()) {
			this.frameDecoder.setMaxLength(maxLength);
		}
		else {
			this.channel.eventLoop().execute(() -> this.frameDecoder.setMaxLength(maxLength));
		}
	}

	/**
	 * Change how soon it is found out that the peer is gone (protocol §6 and §8).
	 * @param interval time without a byte received after which the peer is pinged; after
	 * three times as long the connection is closed
	 * @throws IllegalArgumentException if it is not positive
	 */
	public void setKeepAlive(Duration interval) {
		if (interval.isNegative() || interval.isZero()) {
			throw new IllegalArgumentException("Keep-alive interval: " + interval + " (expected: > 0)");
		}
		this.channel.eventLoop().execute(() -> {
			LivenessHandler liveness = this.channel.pipeline().get(LivenessHandler.class);
			// gone when the connection is closed
			if (liveness != null) {
				liveness.setKeepAlive(interval);
			}
		});
	}

	/**
	 * Send a message. It is dropped if the connection is closed.
	 * @param message the message
	 * @throws IllegalArgumentException if the message breaks the grammar
	 */
	public void send(IrpcMessage message) {
		if (mayQueue(MessageEncoder.measure(message), 1)) {
			this.outbound.add(message);
			checkUnsent();
		}
	}

	/**
	 * Send messages together, as {@link #send(IrpcMessage)} sends one.
	 * @param messages the messages
	 * @throws IllegalArgumentException if one of them breaks the grammar
	 */
	public void send(List<? extends IrpcMessage> messages) {
		long length = 0;
		for (IrpcMessage message : messages) {
			length += MessageEncoder.measure(message);
		}
		if (!messages.isEmpty() && mayQueue(length, messages.size())) {
			this.outbound.addAll(messages);
			checkUnsent();
		}
	}

	private boolean mayQueue(long length, int messages) {
		if (this.closeReason != null || !this.channel.isActive()) {
			return false;
		}
		long total = this.unsent.sent(length, messages);
		if (total > this.options.hardLimit()) {
			// here and not on the event loop, which others that send may keep busy
			this.unsent.exceeded("slow peer: " + total + " bytes unsent");
			return false;
		}
		return true;
	}

	private void checkUnsent() {
		if (this.unsent.count() > this.options.highWaterMark() && inEventLoop()) {
			// at once, as one task may send a lot
			this.unsent.check();
		}
	}

	/**
	 * Write what waits now, as far as the peer takes it, and not only when the event loop
	 * gets to it: behind much other work that would be a lot. Called on the event loop.
	 */
	public void flush() {
		this.outbound.flush();
	}

	/**
	 * Close the connection when what was sent before is written. Bytes that still arrive
	 * are thrown away for a while, as closing with unread bytes would destroy what the
	 * peer has not read yet.
	 * @param reason why, in words for a log
	 */
	public void close(String reason) {
		this.channel.eventLoop().execute(() -> {
			if (this.closeReason != null) {
				return;
			}
			this.closeReason = reason;
			this.frameDecoder.discard();
			this.outbound.flushAll();
			this.lingeringClose.start();
		});
	}

	/**
	 * Close the connection at once. What was sent before is written as far as the peer
	 * takes it now.
	 * @param reason why, in words for a log
	 */
	public void cut(String reason) {
		if (!inEventLoop()) {
			this.channel.eventLoop().execute(() -> cut(reason));
			return;
		}
		if (this.closeReason == null) {
			flush();
		}
		abort(reason);
	}

	/**
	 * Run a task when the connection is closed, established or not.
	 * @param task the task, run on the event loop, which must not block
	 */
	public void onClosed(Runnable task) {
		this.channel.closeFuture().addListener((closed) -> task.run());
	}

	/**
	 * Run a task on the event loop later, whether or not the connection is closed by
	 * then.
	 * @param task the task, which must not block
	 * @param delay when to run it
	 * @return to cancel it
	 */
	public Future<?> schedule(Runnable task, Duration delay) {
		return this.channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Return what is not sent yet.
	 * @return the number of bytes
	 */
	public long unsentBytes() {
		return this.unsent.count();
	}

	/**
	 * Close the connection at once.
	 * @param reason why, in words for a log
	 */
	void abort(String reason) {
		if (this.closeReason == null) {
			this.closeReason = reason;
		}
		this.channel.close();
	}

	String closeReason() {
		return (this.closeReason != null) ? this.closeReason : "closed by the peer";
	}

	/**
	 * Drop what cannot be sent any more, as the connection itself may be remembered for
	 * long.
	 */
	void forget() {
		this.outbound.clear();
	}

	/**
	 * The peer will send nothing more: if it is told everything, nothing is left to do.
	 */
	void inputClosed() {
		this.lingeringClose.inputClosed();
	}

	boolean isClosing() {
		return this.closeReason != null;
	}

	void encrypted(SSLSession session) {
		this.tls = session;
	}

	@Override
	public String toString() {
		return "IrpcConnection[" + LogSafe.text(this.channel) + "]";
	}

}
