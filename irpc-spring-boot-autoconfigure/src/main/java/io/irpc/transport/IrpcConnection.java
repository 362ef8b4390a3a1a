package io.irpc.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.MessageEncoder;
import io.irpc.protocol.MessageFrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer. Safe for use by many threads: messages leave in the order in
 * which {@link #send} was called, all that are waiting in one write.
 *
 * @since 0.1.0
 */
public final class IrpcConnection {

	private static final int WRITE_SIZE = 64 * 1024;

	private static final Duration LINGER = Duration.ofSeconds(2);

	private final Channel channel;

	private final MessageFrameDecoder frameDecoder;

	private final ConnectionOptions options;

	private final Queue<IrpcMessage> outbound = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean flushScheduled = new AtomicBoolean();

	private final AtomicLong unsent = new AtomicLong();

	private volatile boolean writable = true;

	private volatile @Nullable String closeReason;

	private @Nullable ConnectionListener listener;

	private @Nullable Future<?> slowPeerCheck;

	IrpcConnection(Channel channel, MessageFrameDecoder frameDecoder, ConnectionOptions options) {
		this.channel = channel;
		this.frameDecoder = frameDecoder;
		this.options = options;
	}

	void listen(ConnectionListener connectionListener) {
		this.listener = connectionListener;
	}

	/**
	 * Return the address of the peer.
	 * @return the address, {@code null} if the peer has none
	 */
	public @Nullable SocketAddress remoteAddress() {
		return this.channel.remoteAddress();
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
		return this.writable;
	}

	/**
	 * Change the length of the longest line accepted.
	 * @param maxLength the length in bytes
	 */
	public void setMaxMessageLength(int maxLength) {
		this.channel.eventLoop().execute(() -> this.frameDecoder.setMaxLength(maxLength));
	}

	/**
	 * Send a message. It is dropped if the connection is closed.
	 * @param message the message
	 * @throws IllegalArgumentException if the message breaks the grammar
	 */
	public void send(IrpcMessage message) {
		int length = MessageEncoder.measure(message);
		if (this.closeReason != null || !this.channel.isActive()) {
			return;
		}
		long total = this.unsent.addAndGet(length);
		if (total > this.options.hardLimit()) {
			// here and not on the event loop, which others that send may keep busy
			abort("slow peer: " + total + " bytes unsent");
			return;
		}
		this.outbound.add(message);
		if (total > this.options.highWaterMark() && inEventLoop()) {
			// at once, as one task may send a lot
			checkWritability();
		}
		scheduleFlush();
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
			while (!this.outbound.isEmpty()) {
				flush();
			}
			this.channel.writeAndFlush(this.channel.alloc().buffer(0)).addListener((written) -> linger());
			closeAfter(this.options.slowPeerTimeout());
		});
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
	 * The peer will send nothing more: if it is told everything, nothing is left to do.
	 */
	void inputClosed() {
		if (this.channel instanceof DuplexChannel duplex && duplex.isOutputShutdown()) {
			this.channel.close();
		}
	}

	private void linger() {
		if (this.channel instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
			duplex.shutdownOutput();
			closeAfter(LINGER);
		}
		else {
			this.channel.close();
		}
	}

	private void closeAfter(Duration delay) {
		Future<?> timer = this.channel.eventLoop()
			.schedule(() -> this.channel.close(), delay.toNanos(), TimeUnit.NANOSECONDS);
		this.channel.closeFuture().addListener((closed) -> timer.cancel(false));
	}

	private void scheduleFlush() {
		if (this.flushScheduled.compareAndSet(false, true)) {
			this.channel.eventLoop().execute(this::flush);
		}
	}

	// one write at a time, so that the event loop has its turn however much is sent
	private void flush() {
		this.flushScheduled.set(false);
		IrpcMessage message = this.outbound.poll();
		if (message == null) {
			return;
		}
		ByteBuf buffer = this.channel.alloc().buffer();
		while (message != null) {
			MessageEncoder.encode(message, buffer);
			message = (buffer.readableBytes() < WRITE_SIZE) ? this.outbound.poll() : null;
		}
		int length = buffer.readableBytes();
		this.channel.writeAndFlush(buffer).addListener((written) -> {
			this.unsent.addAndGet(-length);
			checkWritability();
		});
		checkWritability();
		if (!this.outbound.isEmpty()) {
			scheduleFlush();
		}
	}

	private void checkWritability() {
		long bytes = this.unsent.get();
		if (this.writable && bytes > this.options.highWaterMark()) {
			setWritable(false);
			this.slowPeerCheck = this.channel.eventLoop()
				.schedule(() -> abort("slow peer: not writable for " + this.options.slowPeerTimeout()),
						this.options.slowPeerTimeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		else if (!this.writable && bytes < this.options.lowWaterMark()) {
			if (this.slowPeerCheck != null) {
				this.slowPeerCheck.cancel(false);
			}
			setWritable(true);
		}
	}

	private void setWritable(boolean newWritable) {
		this.writable = newWritable;
		if (this.listener != null) {
			this.listener.writabilityChanged(newWritable);
		}
	}

	@Override
	public String toString() {
		return "IrpcConnection[" + this.channel + "]";
	}

}
