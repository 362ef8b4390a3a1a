package io.irpc.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.protocol.Limit;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is sent and not written yet, and from it whether a connection is writable
 * (protocol §8).
 */
final class UnsentBytes {

	/**
	 * About what a message takes in memory besides its bytes while it waits.
	 */
	private static final int MESSAGE_OVERHEAD = 256;

	private final IrpcConnection connection;

	private final EventLoop eventLoop;

	private final ConnectionOptions options;

	private final AtomicLong count = new AtomicLong();

	private volatile boolean writable = true;

	private @Nullable ConnectionListener listener;

	private @Nullable Future<?> slowPeerCheck;

	UnsentBytes(IrpcConnection connection, EventLoop eventLoop, ConnectionOptions options) {
		this.connection = connection;
		this.eventLoop = eventLoop;
		this.options = options;
	}

	void listen(ConnectionListener connectionListener) {
		this.listener = connectionListener;
	}

	boolean isWritable() {
		return this.writable;
	}

	long count() {
		return this.count.get();
	}

	/**
	 * Count messages.
	 * @param length their length in bytes
	 * @param messages how many
	 * @return the bytes that are sent and not written
	 */
	long sent(long length, int messages) {
		memoryChanged(length + (long) messages * MESSAGE_OVERHEAD);
		return this.count.addAndGet(length);
	}

	/**
	 * Know that messages have reached the peer's side.
	 * @param length their length in bytes
	 * @param messages how many
	 */
	void written(int length, int messages) {
		dropped(length, messages);
		if (this.listener != null) {
			this.listener.messagesWritten(messages, length);
		}
	}

	/**
	 * Know that messages will not be written.
	 * @param length their length in bytes
	 * @param messages how many
	 */
	void dropped(int length, int messages) {
		memoryChanged(-length - (long) messages * MESSAGE_OVERHEAD);
		this.count.addAndGet(-length);
	}

	/**
	 * End the connection as the peer does not read. Called on any thread.
	 * @param reason why
	 */
	void exceeded(String reason) {
		this.connection.abort(reason);
		if (this.listener != null) {
			ConnectionListener told = this.listener;
			this.eventLoop.execute(() -> told.exceeded(Limit.UNSENT_BYTES, reason));
		}
	}

	void check() {
		long bytes = this.count.get();
		if (this.writable && bytes > this.options.highWaterMark()) {
			setWritable(false);
			this.slowPeerCheck = this.eventLoop.schedule(
					() -> exceeded("slow peer: not writable for " + this.options.slowPeerTimeout()),
					this.options.slowPeerTimeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		else if (!this.writable && bytes < this.options.lowWaterMark()) {
			if (this.slowPeerCheck != null) {
				this.slowPeerCheck.cancel(false);
			}
			setWritable(true);
		}
	}

	private void memoryChanged(long change) {
		if (this.listener != null) {
			this.listener.memoryChanged(change);
		}
	}

	private void setWritable(boolean newWritable) {
		this.writable = newWritable;
		if (this.listener != null) {
			this.listener.writabilityChanged(newWritable);
		}
	}

}
