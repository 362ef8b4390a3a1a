package io.irpc.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Decides in which order the addresses of the server are tried. Safe for use by many
 * threads.
 */
final class AddressChoice {

	private final ServerAddresses source;

	private final AddressOrder order;

	private final IntUnaryOperator random;

	private volatile @Nullable SocketAddress last;

	private volatile boolean leaving;

	/**
	 * Create a choice.
	 * @param source supplies the addresses
	 * @param order which of them comes first
	 * @param random chooses a number below another
	 */
	AddressChoice(ServerAddresses source, AddressOrder order, IntUnaryOperator random) {
		this.source = source;
		this.order = order;
		this.random = random;
	}

	/**
	 * Return the addresses to try. May block.
	 * @return the addresses in order, resolved where they can be
	 * @throws RuntimeException if there are none
	 */
	List<ServerAddress> next() {
		List<ServerAddress> addresses = new ArrayList<>();
		this.source.get().forEach((address) -> resolve(address, addresses));
		if (addresses.isEmpty()) {
			throw new IllegalStateException("no address of the server is known");
		}
		int before = indexOfLast(addresses);
		if (this.order == AddressOrder.ROUND_ROBIN) {
			int first = (before >= 0) ? before + 1 : this.random.applyAsInt(addresses.size());
			Collections.rotate(addresses, -first);
		}
		else if (this.leaving && before >= 0) {
			addresses.add(addresses.remove(before));
		}
		return addresses;
	}

	/**
	 * Remember where the client is connected to.
	 * @param address the address
	 */
	void connected(SocketAddress address) {
		this.last = address;
		this.leaving = false;
	}

	/**
	 * Try the present address after all others the next time, as its server is going
	 * away.
	 */
	void leave() {
		this.leaving = true;
	}

	private int indexOfLast(List<ServerAddress> addresses) {
		return IntStream.range(0, addresses.size())
			.filter((i) -> addresses.get(i).address().equals(this.last))
			.findFirst()
			.orElse(-1);
	}

	private static void resolve(ServerAddress server, List<ServerAddress> addresses) {
		if (!(server.address() instanceof InetSocketAddress inet) || !inet.isUnresolved()) {
			add(server, addresses);
			return;
		}
		try {
			for (InetAddress address : InetAddress.getAllByName(inet.getHostString())) {
				add(new ServerAddress(new InetSocketAddress(address, inet.getPort()), server.tls()), addresses);
			}
		}
		catch (UnknownHostException ex) {
			// the attempt says so, beside the outcome of the others
			add(server, addresses);
		}
	}

	private static void add(ServerAddress server, List<ServerAddress> addresses) {
		if (addresses.stream().noneMatch((known) -> known.address().equals(server.address()))) {
			addresses.add(server);
		}
	}

}
