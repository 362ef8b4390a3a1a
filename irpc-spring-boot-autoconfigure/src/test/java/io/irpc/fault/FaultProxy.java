package io.irpc.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between clients and a server on this machine, and lets their links fail when it
 * is told to. Where it lets nothing fail it passes on what it gets: bytes, ends of
 * streams and resets.
 */
final class FaultProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final Weather weather = new Weather();

	private final List<FaultyLink> links = new CopyOnWriteArrayList<>();

	private Optional<Cut> next = Optional.empty();

	FaultProxy(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::accept, "fault-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Return how many links there have been.
	 * @return the number of links
	 */
	int opened() {
		return this.links.size();
	}

	/**
	 * Return whether a link still is as it was opened.
	 * @param number how many links were opened before
	 * @return {@code false} if it has ended, on one side at least
	 */
	boolean isWhole(int number) {
		return this.links.get(number).isWhole();
	}

	/**
	 * End all links.
	 * @param ending how
	 */
	void cut(Ending ending) {
		this.links.forEach((link) -> link.end(ending));
	}

	/**
	 * Have the next link end when so many bytes have passed.
	 * @param cut where
	 */
	synchronized void cutNext(Cut cut) {
		this.next = Optional.of(cut);
	}

	/**
	 * Let all links look dead to one side, while the other one goes on waiting.
	 * @param dead the side that notices
	 */
	void halfOpen(Side dead) {
		this.links.forEach((link) -> link.halfOpen(dead));
	}

	/**
	 * Let nothing flow any more, in links that stay open.
	 * @param senders whose bytes wait
	 */
	void freeze(Side... senders) {
		this.weather.freeze(Set.of(senders));
	}

	/**
	 * Hold up whatever flows.
	 * @param delay how long
	 */
	void delay(Duration delay) {
		this.weather.delay(delay);
	}

	/**
	 * Let bytes flow as they come. Links that have ended stay so.
	 */
	void heal() {
		this.weather.heal();
		synchronized (this) {
			this.next = Optional.empty();
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.links.forEach(FaultyLink::close);
		this.weather.heal();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				link(this.listener.accept());
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void link(Socket client) throws IOException {
		Socket server;
		try {
			server = new Socket(InetAddress.getLoopbackAddress(), this.target);
		}
		catch (IOException ex) {
			client.setSoLinger(true, 0);
			client.close();
			return;
		}
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
		FaultyLink link = new FaultyLink(client, server, this.weather, takeNext());
		this.links.add(link);
		link.start();
	}

	private synchronized Optional<Cut> takeNext() {
		Optional<Cut> cut = this.next;
		this.next = Optional.empty();
		return cut;
	}

}
