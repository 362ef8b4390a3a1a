package io.irpc.autoconfigure.security;

import java.time.Duration;

import io.irpc.security.PeerLogin;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of logins to the IRPC server.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.server.login")
public class IrpcLoginProperties {

	/**
	 * Number of threads that check credentials, apart from those that run functions.
	 */
	private int threads = 2;

	/**
	 * Number of logins that may wait to be checked.
	 */
	private int maxWaiting = 1000;

	/**
	 * Number of failed logins after which a session is closed.
	 */
	private int maxFailures = 3;

	/**
	 * Time until the next login of the same user from the same address is checked, after
	 * one that failed; doubles with each further one.
	 */
	private Duration initialDelay = Duration.ofSeconds(1);

	/**
	 * Longest time until the next login of the same user from the same address is
	 * checked.
	 */
	private Duration maxDelay = Duration.ofSeconds(60);

	/**
	 * Number of users and addresses whose failed logins are remembered.
	 */
	private int maxRemembered = 65536;

	/**
	 * Time after which a refused login is answered, or a multiple of it, so that the time
	 * says nothing about the reason.
	 */
	private Duration refusalTime = Duration.ofMillis(500);

	/**
	 * How often the rights of users who are logged in are checked again.
	 */
	private Duration recheckInterval = Duration.ofSeconds(5);

	/**
	 * What becomes of users of this machine who connect to the Unix domain socket.
	 */
	private PeerLogin.LocalUsers localUsers = PeerLogin.LocalUsers.ANONYMOUS;

	public int getThreads() {
		return this.threads;
	}

	public void setThreads(int threads) {
		this.threads = threads;
	}

	public int getMaxWaiting() {
		return this.maxWaiting;
	}

	public void setMaxWaiting(int maxWaiting) {
		this.maxWaiting = maxWaiting;
	}

	public int getMaxFailures() {
		return this.maxFailures;
	}

	public void setMaxFailures(int maxFailures) {
		this.maxFailures = maxFailures;
	}

	public Duration getInitialDelay() {
		return this.initialDelay;
	}

	public void setInitialDelay(Duration initialDelay) {
		this.initialDelay = initialDelay;
	}

	public Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public int getMaxRemembered() {
		return this.maxRemembered;
	}

	public void setMaxRemembered(int maxRemembered) {
		this.maxRemembered = maxRemembered;
	}

	public Duration getRefusalTime() {
		return this.refusalTime;
	}

	public void setRefusalTime(Duration refusalTime) {
		this.refusalTime = refusalTime;
	}

	public PeerLogin.LocalUsers getLocalUsers() {
		return this.localUsers;
	}

	public void setLocalUsers(PeerLogin.LocalUsers localUsers) {
		this.localUsers = localUsers;
	}

	public Duration getRecheckInterval() {
		return this.recheckInterval;
	}

	public void setRecheckInterval(Duration recheckInterval) {
		this.recheckInterval = recheckInterval;
	}

}
