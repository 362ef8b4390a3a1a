package io.irpc.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.client.IrpcClient;
import io.irpc.payload.PayloadConverter;
import io.irpc.server.IrpcServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Calls the server of a test, monitors its events and types lines into it. In tests with
 * {@link IrpcTest} or {@code @SpringBootTest} it can be injected. It connects when it is
 * used. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class IrpcTestClient implements AutoCloseable {

	private final TestServer server;

	private final @Nullable TestLogin login;

	private final Map<TestLogin, IrpcTestClient> users = new ConcurrentHashMap<>();

	private @Nullable IrpcClient client;

	private IrpcTestClient(TestServer server, @Nullable TestLogin login) {
		this.server = server;
		this.login = login;
	}

	/**
	 * Create a client of the server of an application context.
	 * @param server the server
	 * @param converter converts arguments and values
	 */
	@Autowired
	IrpcTestClient(ObjectProvider<IrpcServer> server, ObjectProvider<PayloadConverter> converter) {
		this(new TestServer(() -> address(server.getIfAvailable()),
				converter.getIfAvailable(() -> new PayloadConverter(new JsonMapper()))), null);
	}

	/**
	 * Create a client of a server on this machine, for instance over a {@link BadLink}.
	 * @param port the port on the loopback interface
	 * @return the client
	 */
	public static IrpcTestClient to(int port) {
		SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		return new IrpcTestClient(new TestServer(() -> address, new PayloadConverter(new JsonMapper())), null);
	}

	/**
	 * Return a client that is logged in (protocol §3). It has a connection of its own and
	 * is closed with this one.
	 * @param username the name of the user
	 * @param password the password
	 * @return the client, the same one for the same user and password
	 */
	public IrpcTestClient as(String username, String password) {
		return as(TestLogin.ofPassword(username, password));
	}

	/**
	 * Return a client that is logged in with a token.
	 * @param token the token
	 * @return the client, the same one for the same token
	 * @see #as(String, String)
	 */
	public IrpcTestClient withToken(String token) {
		return as(TestLogin.ofToken(token));
	}

	/**
	 * Begin a call (protocol §3).
	 * @param function the qualified name of the function
	 * @return the call, to be given arguments and carried out
	 */
	public IrpcTestCall call(String function) {
		return new IrpcTestCall(function, client().call(function), this.server.converter());
	}

	/**
	 * Monitor an event (protocol §5.1). What is raised after this has returned is
	 * noticed.
	 * @param event the qualified name of the event
	 * @return the firings from now on
	 * @throws AssertionError if the server refuses it
	 */
	public IrpcTestEvents monitor(String event) {
		return new IrpcTestEvents(event, client(), this.server.converter());
	}

	/**
	 * Type one line, over a connection of its own.
	 * @param line the line, without line feed
	 * @return the lines that answer it, up to the final response
	 * @throws AssertionError if there is no final response
	 */
	public List<String> line(String line) {
		try (IrpcTestConnection connection = connect()) {
			return connection.exchange(line);
		}
	}

	/**
	 * Open a connection to type lines into. It is logged in like this client.
	 * @return the connection, to be closed
	 * @throws AssertionError if the server refuses the connection or the login
	 */
	public IrpcTestConnection connect() {
		IrpcTestConnection connection = new IrpcTestConnection(this.server.address().get());
		if (this.login != null) {
			connection.login(this.login, this.server.converter());
		}
		return connection;
	}

	/**
	 * Return the client that this one makes its calls with, for proxies and
	 * subscriptions.
	 * @return the client, closed with this one
	 */
	public synchronized IrpcClient client() {
		IrpcClient current = this.client;
		if (current == null) {
			TestLogin user = this.login;
			current = this.server.client((user != null) ? user::credentials : null, (client, state) -> {
			});
			this.client = current;
		}
		return current;
	}

	/**
	 * Close all connections, those of {@link #connect()} apart. Further calls connect
	 * again.
	 */
	@Override
	public synchronized void close() {
		this.users.values().forEach(IrpcTestClient::close);
		if (this.client != null) {
			this.client.close();
			this.client = null;
		}
	}

	private IrpcTestClient as(TestLogin user) {
		return this.users.computeIfAbsent(user, (login) -> new IrpcTestClient(this.server, login));
	}

	private static SocketAddress address(@Nullable IrpcServer server) {
		if (server == null) {
			throw new IllegalStateException("There is no IRPC server in the context of the test: add @IrpcTest, or the"
					+ " IRPC starter to the application, and do not set irpc.server.enabled=false");
		}
		SocketAddress address = server.address();
		return (address instanceof InetSocketAddress tcp && tcp.getAddress().isAnyLocalAddress())
				? new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getPort()) : address;
	}

}
