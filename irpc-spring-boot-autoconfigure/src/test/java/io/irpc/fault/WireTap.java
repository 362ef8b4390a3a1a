package io.irpc.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.test.Side;

/**
 * Writes down the lines that clients and a port of this machine send each other.
 */
final class WireTap implements AutoCloseable {

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final ServerSocket entrance;

	private final int target;

	private WireTap(int target) {
		this.target = target;
		try {
			this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	static WireTap to(int port) {
		return new WireTap(port);
	}

	int port() {
		return this.entrance.getLocalPort();
	}

	List<Line> lines() {
		return this.lines;
	}

	void forget() {
		this.lines.clear();
	}

	@Override
	public void close() {
		closeQuietly(this.entrance);
		this.sockets.forEach(WireTap::closeQuietly);
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.entrance.accept();
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			// as the peers do: lines that wait for acknowledgements would look like lag
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			this.sockets.addAll(List.of(client, server));
			start(() -> carry(Side.CLIENT, client, server));
			start(() -> carry(Side.SERVER, server, client));
		}
	}

	private void carry(Side sender, Socket from, Socket to) throws IOException {
		try (from; to) {
			InputStream input = new BufferedInputStream(from.getInputStream());
			OutputStream output = to.getOutputStream();
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int next = input.read(); next >= 0; next = input.read()) {
				line.write(next);
				if (next == '\n') {
					this.lines.add(new Line(sender, line.size(), line.toString(StandardCharsets.UTF_8).strip()));
					line.writeTo(output);
					line.reset();
				}
			}
		}
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// one of both ends is closed
			}
		}, "wire-tap");
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A line.
	 *
	 * @param sender who has sent it
	 * @param bytes its length, the line feed included
	 * @param text the line without its line feed
	 */
	record Line(Side sender, int bytes, String text) {

		@Override
		public String toString() {
			return ((this.sender == Side.CLIENT) ? "C: " : "S: ") + this.text;
		}

	}

	private interface Task {

		void run() throws IOException;

	}

}
