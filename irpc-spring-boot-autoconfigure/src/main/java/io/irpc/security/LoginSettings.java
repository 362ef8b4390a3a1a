package io.irpc.security;

import java.time.Duration;

/**
 * What logins cost (protocol §8).
 *
 * @param threads how many credentials are checked at once
 * @param maxWaiting how many logins may wait for a thread
 * @param maxFailures after how many failed logins a session is closed
 * @param initialDelay time until the next login of the same user from the same address is
 * checked, after one failure; it doubles with each further one
 * @param maxDelay the longest such time
 * @param maxRemembered how many pairs of user and address are remembered
 * @param refusalTime time after which a refused login is answered, or a multiple of it,
 * so that the time says nothing about the reason
 * @param recheckInterval how often the rights of those logged in are checked again
 * @since 0.1.0
 */
public record LoginSettings(int threads, int maxWaiting, int maxFailures, Duration initialDelay, Duration maxDelay,
		int maxRemembered, Duration refusalTime, Duration recheckInterval) {

}
