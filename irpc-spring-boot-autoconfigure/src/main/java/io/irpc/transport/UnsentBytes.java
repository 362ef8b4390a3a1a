package io.irpc.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is sent and not written yet, and from it whether a connection is writable
 * (protocol §8).
 */
final class UnsentBytes {

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

	long add(int bytes) {
		return this.count.addAndGet(bytes);
	}

	void check() {
		long bytes = this.count.get();
		if (this.writable && bytes > this.options.highWaterMark()) {
			setWritable(false);
			this.slowPeerCheck = this.eventLoop.schedule(
					() -> this.connection.abort("slow peer: not writable for " + this.options.slowPeerTimeout()),
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

}
