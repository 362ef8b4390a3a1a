package io.irpc.session;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts what crosses the line: for one session, and for all sessions of an end. Safe for
 * use by many threads.
 */
final class TrafficCounter {

	private final LongAdder receivedMessages = new LongAdder();

	private final LongAdder receivedBytes = new LongAdder();

	private final LongAdder sentMessages = new LongAdder();

	private final LongAdder sentBytes = new LongAdder();

	private final @Nullable TrafficCounter total;

	/**
	 * Create a counter.
	 * @param total counts as well what this one counts, {@code null} for none
	 */
	TrafficCounter(@Nullable TrafficCounter total) {
		this.total = total;
	}

	void received(int messages, int bytes) {
		this.receivedMessages.add(messages);
		this.receivedBytes.add(bytes);
		if (this.total != null) {
			this.total.received(messages, bytes);
		}
	}

	void sent(int messages, int bytes) {
		this.sentMessages.add(messages);
		this.sentBytes.add(bytes);
		if (this.total != null) {
			this.total.sent(messages, bytes);
		}
	}

	Traffic sum() {
		return new Traffic(this.receivedMessages.sum(), this.receivedBytes.sum(), this.sentMessages.sum(),
				this.sentBytes.sum());
	}

}
