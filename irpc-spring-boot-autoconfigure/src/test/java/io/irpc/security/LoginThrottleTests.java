package io.irpc.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LoginThrottle}.
 */
class LoginThrottleTests {

	private static final int MAX_REMEMBERED = 4;

	private Instant now = Instant.parse("2026-11-21T18:00:00Z");

	private final LoginThrottle.Key alice = key("alice", "192.0.2.1");

	private final LoginThrottle throttle = throttle(Duration.ofSeconds(1));

	@Test
	void loginsThatComeAtOnceTakeTurnsAndNoneWaitsLongerThanTheLongestDelay() {
		assertThat(this.throttle.reserve(this.alice)).isZero();
		for (int i = 0; i < 5; i++) {
			this.throttle.failed(this.alice);
		}
		assertThat(this.throttle.reserve(this.alice)).isEqualTo(Duration.ofSeconds(16));
		assertThat(this.throttle.reserve(this.alice)).isEqualTo(Duration.ofSeconds(32));
		assertThat(this.throttle.reserve(this.alice)).isEqualTo(Duration.ofSeconds(48));
		assertThat(this.throttle.reserve(this.alice)).isEqualTo(Duration.ofSeconds(60));
		assertThat(this.throttle.reserve(this.alice)).isEqualTo(Duration.ofSeconds(60));
		this.throttle.succeeded(this.alice);
		assertThat(this.throttle.reserve(this.alice)).isZero();
	}

	@Test
	void theDelayDoublesFromOneSecondToOneMinute() {
		assertThat(this.throttle.delay(this.alice)).isZero();
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 32, 60, 60 }) {
			this.throttle.failed(this.alice);
			assertThat(this.throttle.delay(this.alice)).isEqualTo(Duration.ofSeconds(seconds));
		}
		for (int i = 0; i < 1000; i++) {
			this.throttle.failed(this.alice);
		}
		assertThat(this.throttle.delay(this.alice)).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void timeThatHasPassedCounts() {
		this.throttle.failed(this.alice);
		this.now = this.now.plusMillis(600);
		assertThat(this.throttle.delay(this.alice)).isEqualTo(Duration.ofMillis(400));
		this.now = this.now.plusMillis(600);
		assertThat(this.throttle.delay(this.alice)).isZero();
	}

	@Test
	void aDelayBelowOneMillisecondGrowsAsWell() {
		LoginThrottle fine = throttle(Duration.ofNanos(1000));
		for (int i = 0; i < 11; i++) {
			fine.failed(this.alice);
		}
		assertThat(fine.delay(this.alice)).isEqualTo(Duration.ofNanos(1_024_000));
	}

	@Test
	void anInitialDelayAboveTheMaximumIsTheMaximum() {
		LoginThrottle coarse = throttle(Duration.ofDays(365_000));
		coarse.failed(this.alice);
		coarse.failed(this.alice);
		assertThat(coarse.delay(this.alice)).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void aClockThatIsSetBackLocksNobodyOut() {
		this.throttle.failed(this.alice);
		this.now = this.now.minus(Duration.ofDays(1));
		assertThat(this.throttle.delay(this.alice)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void othersAndOtherAddressesDoNotWait() {
		this.throttle.failed(this.alice);
		assertThat(this.throttle.delay(key("bob", "192.0.2.1"))).isZero();
		assertThat(this.throttle.delay(key("alice", "192.0.2.2"))).isZero();
	}

	@Test
	void aSuccessResetsTheDelay() {
		this.throttle.failed(this.alice);
		this.throttle.failed(this.alice);
		this.throttle.succeeded(this.alice);
		assertThat(this.throttle.delay(this.alice)).isZero();
		this.throttle.failed(this.alice);
		assertThat(this.throttle.delay(this.alice)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void failuresAreForgottenAfterAnHour() {
		this.throttle.failed(this.alice);
		this.throttle.failed(this.alice);
		this.now = this.now.plus(Duration.ofMinutes(61));
		this.throttle.failed(this.alice);
		assertThat(this.throttle.delay(this.alice)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void theOneNotSeenForLongestIsForgottenFirst() {
		for (int i = 0; i < MAX_REMEMBERED; i++) {
			this.throttle.failed(key("user" + i, "192.0.2.1"));
		}
		this.throttle.delay(key("user0", "192.0.2.1"));
		this.throttle.failed(this.alice);
		assertThat(this.throttle.delay(this.alice)).isPositive();
		assertThat(this.throttle.delay(key("user0", "192.0.2.1"))).isPositive();
		assertThat(this.throttle.delay(key("user1", "192.0.2.1"))).isZero();
	}

	@Test
	void otherSpellingsOfAUserAreTheSameUser() {
		assertThat(key(" Alice ", "192.0.2.1")).isEqualTo(this.alice);
	}

	@Test
	void aLongNameTakesNoMoreMemoryThanAShortOne() {
		assertThat(key("a".repeat(100_000), "192.0.2.1").user()).hasSize(128);
	}

	@Test
	void theAddressesOfOneIpv6NetworkAreOne() {
		assertThat(key("alice", "2001:db8:1:2::1")).isEqualTo(key("alice", "2001:db8:1:2:ffff:1:2:3"))
			.isNotEqualTo(key("alice", "2001:db8:1:3::1"));
	}

	@Test
	void peersWithoutAnAddressAreOne() {
		SocketAddress unix = UnixDomainSocketAddress.of("/run/a.sock");
		assertThat(LoginThrottle.Key.of("alice", unix)).isEqualTo(LoginThrottle.Key.of("alice", null))
			.isNotEqualTo(this.alice);
	}

	private LoginThrottle throttle(Duration initialDelay) {
		return new LoginThrottle(new LoginSettings(1, 1, 3, initialDelay, Duration.ofSeconds(60), MAX_REMEMBERED,
				Duration.ofMillis(1), Duration.ofSeconds(5)), () -> this.now);
	}

	private static LoginThrottle.Key key(String user, @Nullable String address) {
		try {
			return LoginThrottle.Key.of(user, new InetSocketAddress(InetAddress.getByName(address), 1));
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
