package io.irpc.autoconfigure;

import java.time.Duration;

import io.irpc.session.SessionOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Limits of sessions.
 *
 * @since 0.1.0
 */
public class IrpcLimitsProperties {

	/**
	 * Longest line accepted of a session without a user; 8KB where login is required, the
	 * same as irpc.server.connection.max-message-size elsewhere, if not set.
	 */
	private @Nullable DataSize maxAnonymousMessageSize;

	/**
	 * Number of commands of one session that run at once; more are parked.
	 */
	private int maxRunningCommands = SessionOptions.DEFAULT_MAX_RUNNING_COMMANDS;

	/**
	 * Size of the arguments of the commands of one session that run or are parked; more
	 * are refused.
	 */
	private DataSize maxWaitingSize = DataSize.ofBytes(SessionOptions.DEFAULT_MAX_WAITING_BYTES);

	/**
	 * Number of sessions.
	 */
	private int maxSessions = 10_000;

	/**
	 * Number of sessions of one address; an IPv6 network of 64 bits counts as one, and so
	 * do all Unix domain sockets together.
	 */
	private int maxSessionsPerAddress = 256;

	/**
	 * Number of sessions that have not logged in, where login is required; from a tenth
	 * of it on some are refused at random.
	 */
	private int maxAnonymousSessions = 1000;

	/**
	 * Number of sessions of one address that have not logged in, where login is required.
	 */
	private int maxAnonymousSessionsPerAddress = 16;

	/**
	 * Time to log in, where login is required.
	 */
	private Duration loginTimeout = Duration.ofSeconds(30);

	/**
	 * Size of what all sessions together hold in memory; an eighth of the heap, but not
	 * less than 64MB, if not set.
	 */
	private @Nullable DataSize maxMemory;

	/**
	 * Time for which the outcomes of the calls of a lost session are remembered.
	 */
	private Duration outcomeRetention = Duration.ofMinutes(5);

	/**
	 * Size of the answers that are remembered for one user, and for each session.
	 */
	private DataSize maxOutcomeSize = DataSize.ofMegabytes(1);

	public @Nullable DataSize getMaxAnonymousMessageSize() {
		return this.maxAnonymousMessageSize;
	}

	public void setMaxAnonymousMessageSize(@Nullable DataSize maxAnonymousMessageSize) {
		this.maxAnonymousMessageSize = maxAnonymousMessageSize;
	}

	public int getMaxRunningCommands() {
		return this.maxRunningCommands;
	}

	public void setMaxRunningCommands(int maxRunningCommands) {
		this.maxRunningCommands = maxRunningCommands;
	}

	public DataSize getMaxWaitingSize() {
		return this.maxWaitingSize;
	}

	public void setMaxWaitingSize(DataSize maxWaitingSize) {
		this.maxWaitingSize = maxWaitingSize;
	}

	public int getMaxSessions() {
		return this.maxSessions;
	}

	public void setMaxSessions(int maxSessions) {
		this.maxSessions = maxSessions;
	}

	public int getMaxSessionsPerAddress() {
		return this.maxSessionsPerAddress;
	}

	public void setMaxSessionsPerAddress(int maxSessionsPerAddress) {
		this.maxSessionsPerAddress = maxSessionsPerAddress;
	}

	public int getMaxAnonymousSessions() {
		return this.maxAnonymousSessions;
	}

	public void setMaxAnonymousSessions(int maxAnonymousSessions) {
		this.maxAnonymousSessions = maxAnonymousSessions;
	}

	public int getMaxAnonymousSessionsPerAddress() {
		return this.maxAnonymousSessionsPerAddress;
	}

	public void setMaxAnonymousSessionsPerAddress(int maxAnonymousSessionsPerAddress) {
		this.maxAnonymousSessionsPerAddress = maxAnonymousSessionsPerAddress;
	}

	public Duration getLoginTimeout() {
		return this.loginTimeout;
	}

	public void setLoginTimeout(Duration loginTimeout) {
		this.loginTimeout = loginTimeout;
	}

	public Duration getOutcomeRetention() {
		return this.outcomeRetention;
	}

	public void setOutcomeRetention(Duration outcomeRetention) {
		this.outcomeRetention = outcomeRetention;
	}

	public DataSize getMaxOutcomeSize() {
		return this.maxOutcomeSize;
	}

	public void setMaxOutcomeSize(DataSize maxOutcomeSize) {
		this.maxOutcomeSize = maxOutcomeSize;
	}

	public @Nullable DataSize getMaxMemory() {
		return this.maxMemory;
	}

	public void setMaxMemory(@Nullable DataSize maxMemory) {
		this.maxMemory = maxMemory;
	}

}
