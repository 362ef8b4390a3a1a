package io.irpc.autoconfigure;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * Limits and times of connections.
 *
 * @since 0.1.0
 */
public class IrpcConnectionProperties {

	/**
	 * Longest line accepted, and sent as an answer.
	 */
	private DataSize maxMessageSize = DataSize.ofMegabytes(1);

	/**
	 * Number of parameters that one command may have.
	 */
	private int maxParameters = 64;

	/**
	 * Time for a line that has begun to end.
	 */
	private Duration lineTimeout = Duration.ofSeconds(30);

	/**
	 * Time without a byte received after which the peer is pinged.
	 */
	private Duration pingInterval = Duration.ofSeconds(30);

	/**
	 * Time without a byte received after which the connection is closed.
	 */
	private Duration idleTimeout = Duration.ofSeconds(90);

	/**
	 * Unsent size from which on a peer counts as slow: its commands are parked and its
	 * events are held back.
	 */
	private DataSize highWaterMark = DataSize.ofMegabytes(1);

	/**
	 * Unsent size below which a peer is not slow any more.
	 */
	private DataSize lowWaterMark = DataSize.ofKilobytes(512);

	/**
	 * Time after which a slow peer is disconnected.
	 */
	private Duration slowPeerTimeout = Duration.ofSeconds(30);

	public DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	public int getMaxParameters() {
		return this.maxParameters;
	}

	public void setMaxParameters(int maxParameters) {
		this.maxParameters = maxParameters;
	}

	public Duration getLineTimeout() {
		return this.lineTimeout;
	}

	public void setLineTimeout(Duration lineTimeout) {
		this.lineTimeout = lineTimeout;
	}

	public Duration getPingInterval() {
		return this.pingInterval;
	}

	public void setPingInterval(Duration pingInterval) {
		this.pingInterval = pingInterval;
	}

	public Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public DataSize getHighWaterMark() {
		return this.highWaterMark;
	}

	public void setHighWaterMark(DataSize highWaterMark) {
		this.highWaterMark = highWaterMark;
	}

	public DataSize getLowWaterMark() {
		return this.lowWaterMark;
	}

	public void setLowWaterMark(DataSize lowWaterMark) {
		this.lowWaterMark = lowWaterMark;
	}

	public Duration getSlowPeerTimeout() {
		return this.slowPeerTimeout;
	}

	public void setSlowPeerTimeout(Duration slowPeerTimeout) {
		this.slowPeerTimeout = slowPeerTimeout;
	}

}
