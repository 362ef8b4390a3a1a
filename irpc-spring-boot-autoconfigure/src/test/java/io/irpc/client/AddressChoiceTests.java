package io.irpc.client;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of the order in which addresses are tried.
 */
class AddressChoiceTests {

	private final List<ServerAddress> addresses = new ArrayList<>(List.of(tcp(1), tcp(2), tcp(3)));

	private int chance = 1;

	@Test
	void failOverBeginsWithTheFirstAlsoAfterAConnectionToALaterOne() {
		AddressChoice choice = choice(AddressOrder.FAIL_OVER);
		assertThat(ports(choice)).containsExactly(1, 2, 3);
		choice.connected(tcp(2).address());
		assertThat(ports(choice)).containsExactly(1, 2, 3);
	}

	@Test
	void roundRobinBeginsAnywhereAndThenBehindTheLastConnection() {
		AddressChoice choice = choice(AddressOrder.ROUND_ROBIN);
		assertThat(ports(choice)).containsExactly(2, 3, 1);
		choice.connected(tcp(2).address());
		assertThat(ports(choice)).containsExactly(3, 1, 2);
		choice.connected(tcp(3).address());
		assertThat(ports(choice)).containsExactly(1, 2, 3);
	}

	@Test
	void roundRobinBeginsAnywhereAgainWhenTheLastAddressIsGone() {
		AddressChoice choice = choice(AddressOrder.ROUND_ROBIN);
		choice.connected(tcp(1).address());
		this.addresses.remove(0);
		this.chance = 0;
		assertThat(ports(choice)).containsExactly(2, 3);
	}

	@Test
	void anAddressThatIsLeftIsTriedLastUntilThereIsAConnection() {
		AddressChoice choice = choice(AddressOrder.FAIL_OVER);
		choice.connected(tcp(1).address());
		choice.leave();
		assertThat(ports(choice)).containsExactly(2, 3, 1);
		choice.connected(tcp(2).address());
		assertThat(ports(choice)).containsExactly(1, 2, 3);
	}

	@Test
	void addressesAreAskedForEachTime() {
		AddressChoice choice = choice(AddressOrder.FAIL_OVER);
		assertThat(ports(choice)).containsExactly(1, 2, 3);
		this.addresses.set(0, tcp(9));
		assertThat(ports(choice)).containsExactly(9, 2, 3);
	}

	@Test
	void namesAreResolvedAndKeptForTheCheckOfCertificates() {
		this.addresses.clear();
		this.addresses.add(ServerAddress.ofPlainText(InetSocketAddress.createUnresolved("localhost", 7)));
		assertThat(choice(AddressOrder.FAIL_OVER).next()).isNotEmpty().allSatisfy((server) -> {
			InetSocketAddress address = (InetSocketAddress) server.address();
			assertThat(address.isUnresolved()).isFalse();
			assertThat(address.getHostString()).isEqualTo("localhost");
			assertThat(address.getPort()).isEqualTo(7);
			assertThat(server.toString()).startsWith("localhost:7 (").endsWith(")");
		});
	}

	@Test
	void aNameThatIsUnknownIsLeftToTheAttemptSoThatOthersAreTried() {
		this.addresses.add(0, ServerAddress.ofPlainText(InetSocketAddress.createUnresolved("nosuch.invalid", 7)));
		List<ServerAddress> next = choice(AddressOrder.FAIL_OVER).next();
		assertThat(next).hasSize(4).first().hasToString("nosuch.invalid:7");
	}

	@Test
	void anAddressThatIsThereTwiceIsTriedOnce() {
		this.addresses.add(tcp(1));
		assertThat(ports(choice(AddressOrder.FAIL_OVER))).containsExactly(1, 2, 3);
	}

	@Test
	void noAddressIsAFailure() {
		this.addresses.clear();
		assertThatIllegalStateException().isThrownBy(() -> choice(AddressOrder.ROUND_ROBIN).next())
			.withMessage("no address of the server is known");
	}

	@Test
	void addressesAreDescribedInWords() {
		assertThat(tcp(1)).hasToString("127.0.0.1:1");
		assertThat(ServerAddress.ofPlainText(UnixDomainSocketAddress.of("/tmp/a"))).hasToString("unix:/tmp/a");
	}

	private AddressChoice choice(AddressOrder order) {
		return new AddressChoice(() -> this.addresses, order, (bound) -> this.chance);
	}

	private static List<Integer> ports(AddressChoice choice) {
		Integer[] ports = choice.next()
			.stream()
			.map((server) -> ((InetSocketAddress) server.address()).getPort())
			.toArray(Integer[]::new);
		return Arrays.asList(ports);
	}

	private static ServerAddress tcp(int port) {
		return ServerAddress.ofPlainText(new InetSocketAddress("127.0.0.1", port));
	}

}
