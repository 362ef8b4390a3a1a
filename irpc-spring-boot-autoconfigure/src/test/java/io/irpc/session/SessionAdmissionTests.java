package io.irpc.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How many sessions there may be (protocol §8).
 */
class SessionAdmissionTests {

	private static final SessionUser USER = new SessionUser(() -> "user", new TreeSet<>());

	private double random = 1;

	@Test
	void whenThereAreTooManySessionsThenMoreAreRefusedUntilOneEnds() {
		SessionAdmission admission = open(2, 100);
		SessionAdmission.Place place = admission.admit(address("10.0.0.1"));
		admission.admit(address("10.0.0.2"));
		assertRefused(admission, "10.0.0.3", Limit.SESSIONS);
		place.release();
		place.release();
		admission.admit(address("10.0.0.3"));
		assertRefused(admission, "10.0.0.4", Limit.SESSIONS);
	}

	@Test
	void whenAnAddressHasTooManySessionsThenOthersStillGetOne() {
		SessionAdmission admission = open(100, 2);
		SessionAdmission.Place place = admission.admit(address("10.0.0.1"));
		admission.admit(address("10.0.0.1"));
		assertRefused(admission, "10.0.0.1", Limit.SESSIONS_PER_ADDRESS);
		admission.admit(address("10.0.0.2"));
		place.release();
		admission.admit(address("10.0.0.1"));
	}

	@Test
	void whenAddressesAreOfOneIpv6NetworkThenTheyCountAsOne() {
		SessionAdmission admission = open(100, 2);
		admission.admit(address("2001:db8:0:1::1"));
		admission.admit(address("2001:db8:0:1:ffff::2"));
		assertRefused(admission, "2001:db8:0:1::3", Limit.SESSIONS_PER_ADDRESS);
		admission.admit(address("2001:db8:0:2::1"));
	}

	@Test
	void whenPeersComeByUnixSocketThenTheyCountAsOneAddress() {
		SessionAdmission admission = open(100, 1);
		admission.admit(UnixDomainSocketAddress.of("/a"));
		assertThatExceptionOfType(LimitException.class)
			.isThrownBy(() -> admission.admit(UnixDomainSocketAddress.of("/b")));
		admission.admit(address("10.0.0.1"));
	}

	@Test
	void whenTooManyHaveNotLoggedInThenMoreAreRefusedUntilOneDoes() {
		SessionAdmission admission = closed(2, 100);
		SessionAdmission.Place place = admission.admit(address("10.0.0.1"));
		admission.admit(address("10.0.0.2"));
		assertRefused(admission, "10.0.0.3", Limit.ANONYMOUS_SESSIONS);
		place.userChanged(USER);
		place.userChanged(USER);
		admission.admit(address("10.0.0.3"));
		assertRefused(admission, "10.0.0.4", Limit.ANONYMOUS_SESSIONS);
		place.release();
		assertRefused(admission, "10.0.0.4", Limit.ANONYMOUS_SESSIONS);
	}

	@Test
	void whenSessionLogsOutThenItCountsAgain() {
		SessionAdmission admission = closed(100, 1);
		SessionAdmission.Place place = admission.admit(address("10.0.0.1"));
		assertRefused(admission, "10.0.0.1", Limit.ANONYMOUS_SESSIONS_PER_ADDRESS);
		place.userChanged(USER);
		SessionAdmission.Place second = admission.admit(address("10.0.0.1"));
		second.userChanged(USER);
		place.userChanged(null);
		assertRefused(admission, "10.0.0.1", Limit.ANONYMOUS_SESSIONS_PER_ADDRESS);
		place.release();
		admission.admit(address("10.0.0.1"));
	}

	@Test
	void whenATenthHaveNotLoggedInThenSomeAreRefusedAtRandomAndMoreTheMoreThereAre() {
		SessionAdmission admission = closed(100, 100);
		List<SessionAdmission.Place> places = new ArrayList<>();
		this.random = 0;
		for (int i = 0; i <= 10; i++) {
			places.add(admission.admit(address("10.0.0.1")));
		}
		assertRefused(admission, "10.0.0.2", Limit.ANONYMOUS_SESSIONS);
		this.random = 0.4;
		for (int i = 11; i <= 46; i++) {
			places.add(admission.admit(address("10.0.0.1")));
		}
		assertRefused(admission, "10.0.0.2", Limit.ANONYMOUS_SESSIONS);
		this.random = 0.9;
		for (int i = 47; i <= 91; i++) {
			places.add(admission.admit(address("10.0.0.1")));
		}
		assertRefused(admission, "10.0.0.2", Limit.ANONYMOUS_SESSIONS);
		places.forEach((place) -> place.userChanged(USER));
		this.random = 0;
		assertThat(admission.admit(address("10.0.0.2"))).isNotNull();
	}

	private static void assertRefused(SessionAdmission admission, String address, Limit limit) {
		assertThatExceptionOfType(LimitException.class).isThrownBy(() -> admission.admit(address(address)))
			.extracting(LimitException::limit)
			.isEqualTo(limit);
	}

	private SessionAdmission open(int max, int perAddress) {
		return new SessionAdmission(new SessionLimits(max, perAddress, Long.MAX_VALUE, null, null), () -> this.random);
	}

	private SessionAdmission closed(int max, int perAddress) {
		return new SessionAdmission(new SessionLimits(1000, 1000, Long.MAX_VALUE,
				new SessionLimits.Anonymous(max, perAddress, Duration.ofSeconds(30)), null), () -> this.random);
	}

	private static SocketAddress address(String address) {
		try {
			return new InetSocketAddress(InetAddress.getByName(address), 1);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
