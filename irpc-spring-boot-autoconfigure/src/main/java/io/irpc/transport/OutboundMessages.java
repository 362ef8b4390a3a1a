package io.irpc.transport;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.MessageEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Writes the messages of one connection in the order in which they were added, all that
 * are waiting in one write. Only {@link #add} may be called off the event loop.
 */
final class OutboundMessages {

	private static final int WRITE_SIZE = 64 * 1024;

	private final Queue<IrpcMessage> messages = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final Channel channel;

	private final UnsentBytes unsent;

	private final Runnable turn = this::writeInTurn;

	OutboundMessages(Channel channel, UnsentBytes unsent) {
		this.channel = channel;
		this.unsent = unsent;
	}

	/**
	 * Have a message written when the event loop gets to it.
	 * @param message a message that can be encoded
	 */
	void add(IrpcMessage message) {
		this.messages.add(message);
		schedule();
	}

	void addAll(List<? extends IrpcMessage> all) {
		this.messages.addAll(all);
		schedule();
	}

	/**
	 * Write what waits, as far as the peer takes it.
	 */
	void flush() {
		while (this.unsent.isWritable() && !this.messages.isEmpty()) {
			write();
		}
	}

	/**
	 * Write everything.
	 */
	void flushAll() {
		while (!this.messages.isEmpty()) {
			write();
		}
	}

	void clear() {
		this.messages.clear();
	}

	private void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			if (Batch.isOpen()) {
				Batch.afterwards(this.turn);
			}
			else {
				wakeUp();
			}
		}
	}

	private void wakeUp() {
		try {
			this.channel.eventLoop().execute(this.turn);
		}
		catch (RejectedExecutionException ex) {
			// the event loop has ended, and the connection with it
			clear();
		}
	}

	// one write at a time, so that the event loop has its turn however much is sent
	private void writeInTurn() {
		// what another thread has put off is for the event loop
		if (!this.channel.eventLoop().inEventLoop()) {
			wakeUp();
			return;
		}
		this.scheduled.set(false);
		write();
		if (!this.messages.isEmpty() && this.scheduled.compareAndSet(false, true)) {
			wakeUp();
		}
	}

	private void write() {
		IrpcMessage message = this.messages.poll();
		if (message == null) {
			return;
		}
		// as large as all that waits, so that it does not grow
		ByteBuf buffer = this.channel.alloc().buffer((int) Math.min(this.unsent.count(), WRITE_SIZE));
		int count = 0;
		while (message != null) {
			count++;
			MessageEncoder.encode(message, buffer);
			message = (buffer.readableBytes() < WRITE_SIZE) ? this.messages.poll() : null;
		}
		int length = buffer.readableBytes();
		int written = count;
		this.channel.writeAndFlush(buffer).addListener((done) -> {
			if (done.isSuccess()) {
				this.unsent.written(length, written);
			}
			else {
				this.unsent.dropped(length, written);
			}
			this.unsent.check();
		});
		this.unsent.check();
	}

}
