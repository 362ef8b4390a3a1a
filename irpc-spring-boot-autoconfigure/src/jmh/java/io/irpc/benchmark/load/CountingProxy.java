package io.irpc.benchmark.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stands between a client and a server and counts what they send each other.
 */
final class CountingProxy implements AutoCloseable {

	private final LongAdder toServer = new LongAdder();

	private final LongAdder toClient = new LongAdder();

	private final ServerSocket entrance;

	private final int serverPort;

	/**
	 * Listen on a free port.
	 * @param serverPort the port of the server
	 * @throws IOException if there is none
	 */
	CountingProxy(int serverPort) throws IOException {
		this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.serverPort = serverPort;
		begin(this::accept);
	}

	int port() {
		return this.entrance.getLocalPort();
	}

	long toServer() {
		return this.toServer.sum();
	}

	long toClient() {
		return this.toClient.sum();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.entrance.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.serverPort);
				client.setTcpNoDelay(true);
				server.setTcpNoDelay(true);
				begin(() -> copy(client, server, this.toServer));
				begin(() -> copy(server, client, this.toClient));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private static void copy(Socket from, Socket to, LongAdder counter) {
		byte[] buffer = new byte[64 * 1024];
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				counter.add(count);
				out.write(buffer, 0, count);
			}
		}
		catch (IOException ex) {
			// one of them has ended
		}
	}

	private static void begin(Runnable task) {
		Thread thread = new Thread(task, "proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.entrance.close();
	}

}
