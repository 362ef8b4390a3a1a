package io.irpc.transport;

import java.time.Duration;

/**
 * Options of connections under test: small limits, and times that no test waits for
 * unless it sets them.
 */
record TestOptions(int maxMessageLength, Duration lineTimeout, Duration pingInterval, Duration idleTimeout,
		Duration slowPeerTimeout) {

	private static final Duration LONG = Duration.ofMinutes(5);

	static TestOptions create() {
		return new TestOptions(4 * 1024, LONG, LONG, LONG.multipliedBy(2), LONG);
	}

	TestOptions withMaxMessageLength(int length) {
		return new TestOptions(length, this.lineTimeout, this.pingInterval, this.idleTimeout, this.slowPeerTimeout);
	}

	TestOptions withLineTimeout(Duration timeout) {
		return new TestOptions(this.maxMessageLength, timeout, this.pingInterval, this.idleTimeout,
				this.slowPeerTimeout);
	}

	TestOptions withIdleTimes(Duration ping, Duration timeout) {
		return new TestOptions(this.maxMessageLength, this.lineTimeout, ping, timeout, this.slowPeerTimeout);
	}

	TestOptions withSlowPeerTimeout(Duration timeout) {
		return new TestOptions(this.maxMessageLength, this.lineTimeout, this.pingInterval, this.idleTimeout, timeout);
	}

	ConnectionOptions build() {
		return new ConnectionOptions(this.maxMessageLength, 8, this.lineTimeout, this.pingInterval, this.idleTimeout,
				64 * 1024, 32 * 1024, this.slowPeerTimeout);
	}

}
