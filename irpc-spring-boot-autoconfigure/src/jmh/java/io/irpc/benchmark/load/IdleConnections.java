package io.irpc.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Connections that log in, subscribe to the event, and do nothing more than to answer
 * pings. All of them are on one thread.
 */
final class IdleConnections implements AutoCloseable {

	// fewer than what a server lets wait to be accepted
	private static final int AT_ONCE = 64;

	private final Selector selector = Selector.open();

	private final Semaphore connecting = new Semaphore(AT_ONCE);

	private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);

	private final Thread thread = new Thread(this::read, "idle-connections");

	private volatile boolean closed;

	/**
	 * Open connections, and wait until all of them are subscribed.
	 * @param port the port of the server
	 * @param count how many
	 * @throws Exception if one of them is refused
	 */
	IdleConnections(int port, int count) throws Exception {
		this.thread.setDaemon(true);
		this.thread.start();
		InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		for (int i = 0; i < count; i++) {
			acquire(1);
			SocketChannel channel = SocketChannel.open(server);
			channel.configureBlocking(false);
			channel.register(this.selector, SelectionKey.OP_READ, new Connection(channel));
			this.selector.wakeup();
			write(channel, "!call@1\tfn:login\t=\"user\"\t=\"secret\"\n");
		}
		acquire(AT_ONCE);
	}

	private void acquire(int permits) throws Exception {
		boolean acquired = this.connecting.tryAcquire(permits, 60, TimeUnit.SECONDS);
		Exception problem = this.failure.get();
		if (problem != null || !acquired) {
			close();
			throw new IllegalStateException("Not all connections are subscribed", problem);
		}
	}

	private void read() {
		try {
			while (!this.closed) {
				this.selector.select((key) -> ((Connection) key.attachment()).read());
			}
			for (SelectionKey key : this.selector.keys()) {
				key.channel().close();
			}
			this.selector.close();
		}
		catch (IOException | RuntimeException ex) {
			this.failure.compareAndSet(null, ex);
		}
	}

	private static void write(SocketChannel channel, String line) throws IOException {
		ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line);
		channel.write(bytes);
		if (bytes.hasRemaining()) {
			throw new IOException("The server does not read");
		}
	}

	/**
	 * Close all connections.
	 * @throws Exception if one of them has failed meanwhile
	 */
	@Override
	public void close() throws Exception {
		this.closed = true;
		this.selector.wakeup();
		this.thread.join();
		Exception problem = this.failure.get();
		if (problem != null) {
			throw problem;
		}
	}

	/**
	 * One of the connections.
	 */
	private final class Connection {

		private final SocketChannel channel;

		private String rest = "";

		Connection(SocketChannel channel) {
			this.channel = channel;
		}

		void read() {
			ByteBuffer bytes = IdleConnections.this.buffer.clear();
			try {
				if (this.channel.read(bytes) < 0) {
					throw new IOException("Closed by the server");
				}
				String text = this.rest + StandardCharsets.UTF_8.decode(bytes.flip());
				int start = 0;
				for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
					line(text.substring(start, end));
					start = end + 1;
				}
				this.rest = text.substring(start);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void line(String line) throws IOException {
			if (line.startsWith("!ping@")) {
				write(this.channel, ">" + line.substring("!ping@".length()) + "\t\tnull\n");
			}
			else if (line.startsWith(">1\t\t")) {
				write(this.channel, "!monitor@2\tev:tick\n");
			}
			else if (line.startsWith(">2\t\t")) {
				IdleConnections.this.connecting.release();
			}
			else if (line.startsWith(">")) {
				throw new IOException(line);
			}
		}

	}

}
