package io.irpc.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import io.irpc.protocol.IrpcMessage;
import io.irpc.support.RawClient;
import org.awaitility.Awaitility;

/**
 * A server on a free TCP port that records what happens on its connections.
 */
final class TestServer implements AutoCloseable {

	static final ServerSecurity PLAIN_TEXT = new ServerSecurity(null, ServerSecurity.PlainText.LOCAL,
			Duration.ofMinutes(5));

	private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();

	private final IrpcServerTransport transport;

	private final int port;

	TestServer(TestOptions options) {
		this(options, (connection, message) -> {
		});
	}

	TestServer(TestOptions options, BiConsumer<IrpcConnection, IrpcMessage> reaction) {
		this(options, PLAIN_TEXT, reaction);
	}

	TestServer(TestOptions options, ServerSecurity security, BiConsumer<IrpcConnection, IrpcMessage> reaction) {
		this.transport = new IrpcServerTransport(options.build(), security, (connection) -> {
			RecordingListener listener = new RecordingListener(connection, reaction);
			this.listeners.add(listener);
			return listener;
		});
		try {
			this.port = ((InetSocketAddress) this.transport
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))).getPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	IrpcServerTransport transport() {
		return this.transport;
	}

	InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	RawClient connect() {
		return new RawClient(this.port);
	}

	/**
	 * Wait for the first connection.
	 * @return its listener
	 */
	RecordingListener listener() {
		return Awaitility.await()
			.until(() -> this.listeners, (all) -> !all.isEmpty() && all.get(0).events().contains("opened"))
			.get(0);
	}

	/**
	 * Return the connections that were opened.
	 * @return their listeners, in order of acceptance
	 */
	List<RecordingListener> opened() {
		return this.listeners.stream().filter((listener) -> !listener.events().isEmpty()).toList();
	}

	@Override
	public void close() {
		this.transport.close();
	}

}
