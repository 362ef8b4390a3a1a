package io.irpc.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A server that answers each line by a function: a peer that this project did not write.
 */
public final class ScriptedServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final Function<String, @Nullable String> script;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	/**
	 * Start a server.
	 * @param port the port, 0 for any free one
	 * @param script makes the answer of a line, without line feed; {@code null} for none
	 */
	public ScriptedServer(int port, Function<String, @Nullable String> script) {
		try {
			this.serverSocket = new ServerSocket();
			this.serverSocket.setReuseAddress(true);
			this.serverSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.script = script;
		daemon(this::accept);
	}

	public int port() {
		return this.serverSocket.getLocalPort();
	}

	public BlockingQueue<String> received() {
		return this.received;
	}

	/**
	 * Return how many connections there are.
	 * @return the number of those that neither end has ended
	 */
	public int connections() {
		return this.sockets.size();
	}

	/**
	 * Cut all connections.
	 */
	public void cut() {
		// those who are connected again meanwhile stay
		List<Socket> connected = List.copyOf(this.sockets);
		connected.forEach(ScriptedServer::closeQuietly);
		this.sockets.removeAll(connected);
	}

	/**
	 * Send a line to all who are connected.
	 * @param line the line
	 */
	public void send(String line) {
		this.sockets.forEach((socket) -> {
			try {
				socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	@Override
	public void close() {
		closeQuietly(this.serverSocket);
		cut();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.serverSocket.accept();
				this.sockets.add(socket);
				daemon(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		try {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.received.add(line);
				String answer = this.script.apply(line);
				if (answer != null) {
					socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			// cut
		}
		finally {
			this.sockets.remove(socket);
			closeQuietly(socket);
		}
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "scripted-server");
		thread.setDaemon(true);
		thread.start();
	}

}
