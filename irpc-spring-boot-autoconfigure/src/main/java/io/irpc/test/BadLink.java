package io.irpc.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.socket.SocketChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Stands between clients and a server on this machine, and lets their connections fail
 * when it is told to. Where it lets nothing fail it passes on what it gets: bytes, ends
 * of streams and resets. Safe for use by many threads; what a method changes is changed
 * when it returns.
 *
 * @since 0.1.0
 */
public final class BadLink implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(BadLink.class);

	private static final int MAX_PORT = 65535;

	private final List<BadConnection> connections = new CopyOnWriteArrayList<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Weather weather = new Weather();

	private final LinkEntrance entrance;

	private @Nullable Cut nextCut;

	private @Nullable RandomFaults faults;

	private BadLink(int target) {
		this.entrance = new LinkEntrance(target, this::connected);
	}

	/**
	 * Open a link to a server. It is a good one until it is told otherwise.
	 * @param port the port of the server on the loopback interface, which need not listen
	 * yet
	 * @return the link
	 */
	public static BadLink to(int port) {
		if (port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException("Port " + port + " (expected: 1 to " + MAX_PORT + ")");
		}
		return new BadLink(port);
	}

	/**
	 * Return the port that clients connect to.
	 * @return a port on the loopback interface
	 */
	public int port() {
		return this.entrance.port();
	}

	/**
	 * Return how many connections to the server there have been.
	 * @return the number of connections, those included that have ended
	 */
	public int connections() {
		return this.connections.size();
	}

	/**
	 * Return whether a connection still is as it was opened.
	 * @param number how many connections there were before it
	 * @return {@code false} if it has ended, on one side at least
	 */
	public boolean isWhole(int number) {
		if (number < 0 || number >= this.connections.size()) {
			throw new IllegalArgumentException(
					"Connection " + number + " (expected: one of the " + this.connections.size() + " from 0 on)");
		}
		return this.connections.get(number).isWhole();
	}

	/**
	 * Return how many bytes of a side have passed, over all connections.
	 * @param sender the side that has sent them
	 * @return the number of bytes
	 */
	public long passed(Side sender) {
		return this.connections.stream().mapToLong((connection) -> connection.passed(sender)).sum();
	}

	/**
	 * Let all bytes take longer, in both directions. Many can be under way at a time, as
	 * over a long line.
	 * @param oneWay how long from one end to the other
	 * @return this link
	 */
	public BadLink delay(Duration oneWay) {
		if (oneWay.isNegative()) {
			throw new IllegalArgumentException("A delay of " + oneWay + " (expected: >= 0)");
		}
		return change(() -> this.weather.delay(oneWay));
	}

	/**
	 * Let only so many bytes flow, in each direction of each connection.
	 * @param perSecond how many in a second, more than none
	 * @return this link
	 */
	public BadLink bandwidth(DataSize perSecond) {
		if (perSecond.toBytes() <= 0) {
			throw new IllegalArgumentException(
					"A bandwidth of " + perSecond + " a second (expected: > 0, or freeze the link)");
		}
		return change(() -> this.weather.bandwidth(perSecond));
	}

	/**
	 * Let nothing flow any more, in connections that stay open: neither bytes nor ends.
	 * @return this link
	 */
	public BadLink freeze() {
		return change(() -> {
			this.weather.freeze(Side.CLIENT);
			this.weather.freeze(Side.SERVER);
		});
	}

	/**
	 * Let nothing of one side flow any more.
	 * @param sender the side that is not heard any more
	 * @return this link
	 */
	public BadLink freeze(Side sender) {
		return change(() -> this.weather.freeze(sender));
	}

	/**
	 * Let flow again what was frozen, with what was sent meanwhile.
	 * @return this link
	 */
	public BadLink thaw() {
		return change(this.weather::thaw);
	}

	/**
	 * Let all connections look dead to one side, while the other one goes on waiting.
	 * @param notices the side whose end is reset
	 * @return this link
	 */
	public BadLink halfOpen(Side notices) {
		return change(() -> this.connections.forEach((connection) -> connection.halfOpen(notices)));
	}

	/**
	 * Let the next connection end when so many bytes have passed.
	 * @param sender whose bytes are counted
	 * @param bytes how many of them pass, exactly
	 * @param ending how it ends for both sides
	 * @return this link
	 */
	public BadLink cutNextAfter(Side sender, long bytes, Ending ending) {
		Cut cut = new Cut(sender, bytes, ending);
		return change(() -> this.nextCut = cut);
	}

	/**
	 * Let things happen at random to all further connections.
	 * @param randomFaults what may happen
	 * @return this link
	 */
	public BadLink random(RandomFaults randomFaults) {
		return change(() -> this.faults = randomFaults);
	}

	/**
	 * Reset all connections.
	 * @return this link
	 */
	public BadLink reset() {
		return end(Ending.RESET);
	}

	/**
	 * End all connections in order: both sides read the end of the stream.
	 * @return this link
	 */
	public BadLink finish() {
		return end(Ending.FINISH);
	}

	/**
	 * Be a good link again, at once and for further connections. What has ended stays so.
	 * @return this link
	 */
	public BadLink heal() {
		return change(() -> {
			this.weather.heal();
			this.nextCut = null;
			this.faults = null;
		});
	}

	/**
	 * Reset all connections and accept no more.
	 */
	@Override
	public void close() {
		if (this.closed.getAndSet(true)) {
			return;
		}
		this.entrance.shut();
		change(() -> this.connections.forEach(BadConnection::close));
		this.entrance.close();
	}

	private BadLink end(Ending ending) {
		return change(() -> this.connections.forEach((connection) -> connection.end(ending)));
	}

	private BadLink change(Runnable change) {
		this.entrance.run(() -> {
			change.run();
			this.connections.forEach(BadConnection::goOn);
		});
		return this;
	}

	private void connected(SocketChannel client, SocketChannel server) {
		int number = this.connections.size();
		Fate fate = (this.faults != null) ? this.faults.fate(number) : Fate.GOOD;
		if (this.faults != null) {
			logger.info("Connection " + number + " over the bad link: " + fate);
		}
		if (this.nextCut != null) {
			fate = fate.withCut(this.nextCut);
			this.nextCut = null;
		}
		BadConnection connection = new BadConnection(client, server, this.weather, fate);
		this.connections.add(connection);
		connection.start();
	}

}
