package io.irpc.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.irpc.transport.IrpcServerTransport;

/**
 * What a server has while it listens.
 *
 * @param transport accepts the connections
 * @param address the address bound, besides a Unix domain socket
 * @param descriptions all addresses in words for people
 */
record Listening(IrpcServerTransport transport, SocketAddress address, List<String> descriptions) {

	/**
	 * Bind the addresses of a server.
	 * @param transport binds them
	 * @param settings which they are
	 * @return what has been bound
	 */
	static Listening open(IrpcServerTransport transport, IrpcServerSettings settings) {
		SocketAddress bound = bind(transport, settings.address());
		List<String> descriptions = new ArrayList<>();
		descriptions.add((bound instanceof InetSocketAddress tcp)
				? tcp.getAddress().getHostAddress() + ":" + tcp.getPort() : String.valueOf(bound));
		Path unixSocket = settings.unixSocket();
		if (unixSocket != null) {
			bind(transport, UnixDomainSocketAddress.of(unixSocket));
			descriptions.add("unix:" + unixSocket);
		}
		return new Listening(transport, bound, descriptions);
	}

	private static SocketAddress bind(IrpcServerTransport transport, SocketAddress address) {
		try {
			return transport.bind(address);
		}
		catch (IOException | CompletionException ex) {
			throw BindProblem.describe(address, ex);
		}
	}

}
