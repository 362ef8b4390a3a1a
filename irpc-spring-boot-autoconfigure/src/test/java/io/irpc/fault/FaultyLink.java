package io.irpc.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries the bytes between one client and the server until something goes wrong. One
 * thread for each direction.
 */
final class FaultyLink {

	private static final int BUFFER_LENGTH = 8192;

	private final Map<Side, Socket> sockets = new EnumMap<>(Side.class);

	private final Map<Side, AtomicLong> passed = new EnumMap<>(Side.class);

	private final Weather weather;

	private final Optional<Cut> cut;

	private volatile State state = State.WHOLE;

	FaultyLink(Socket client, Socket server, Weather weather, Optional<Cut> cut) {
		this.sockets.put(Side.CLIENT, client);
		this.sockets.put(Side.SERVER, server);
		this.weather = weather;
		this.cut = cut;
		for (Side side : Side.values()) {
			this.passed.put(side, new AtomicLong());
		}
	}

	void start() {
		for (Side sender : Side.values()) {
			endIfToBeCut(sender);
			Thread thread = new Thread(() -> carry(sender), "fault-link-" + sender);
			thread.setDaemon(true);
			thread.start();
		}
	}

	/**
	 * Return how far the bytes of a side have come.
	 * @param sender the side
	 * @return the number of bytes
	 */
	long passed(Side sender) {
		return at(this.passed, sender).get();
	}

	boolean isWhole() {
		return this.state == State.WHOLE;
	}

	/**
	 * End the link for both sides.
	 * @param ending how
	 */
	synchronized void end(Ending ending) {
		if (this.state == State.WHOLE) {
			this.state = State.ENDED;
			this.sockets.values().forEach((socket) -> {
				if (ending == Ending.RESET) {
					reset(socket);
				}
				else {
					finish(socket);
				}
			});
		}
	}

	/**
	 * End the link for one side, of which the other one never hears again.
	 * @param dead the side that notices
	 */
	synchronized void halfOpen(Side dead) {
		if (this.state == State.WHOLE) {
			this.state = State.HALF_OPEN;
			reset(at(this.sockets, dead));
		}
	}

	synchronized void close() {
		this.state = State.ENDED;
		this.sockets.values().forEach(FaultyLink::reset);
	}

	private void carry(Side sender) {
		try {
			if (carryAll(sender)) {
				finish(at(this.sockets, sender.other()));
			}
		}
		catch (IOException ex) {
			end(Ending.RESET);
		}
		catch (InterruptedException ex) {
			close();
		}
	}

	// false if the stream has not ended by itself
	private boolean carryAll(Side sender) throws IOException, InterruptedException {
		Socket from = at(this.sockets, sender);
		byte[] buffer = new byte[BUFFER_LENGTH];
		for (int length = read(from, buffer); length >= 0; length = read(from, buffer)) {
			this.weather.pass(sender);
			if (this.state == State.HALF_OPEN) {
				return false;
			}
			if (this.state == State.WHOLE) {
				pass(sender, buffer, length);
			}
		}
		this.weather.pass(sender);
		return this.state == State.WHOLE;
	}

	private void pass(Side sender, byte[] buffer, int length) throws IOException {
		long before = passed(sender);
		long left = this.cut.filter((cut) -> cut.sender() == sender)
			.map((cut) -> cut.after() - before)
			.orElse(Long.MAX_VALUE);
		int passing = (int) Math.min(length, left);
		at(this.sockets, sender.other()).getOutputStream().write(buffer, 0, passing);
		at(this.passed, sender).addAndGet(passing);
		endIfToBeCut(sender);
	}

	private void endIfToBeCut(Side sender) {
		this.cut.filter((cut) -> cut.sender() == sender && cut.after() == passed(sender))
			.ifPresent((cut) -> end(cut.ending()));
	}

	private static int read(Socket socket, byte[] buffer) throws IOException {
		return socket.getInputStream().read(buffer);
	}

	private static <T> T at(Map<Side, T> map, Side side) {
		T value = map.get(side);
		if (value == null) {
			throw new IllegalStateException("Nothing at " + side);
		}
		return value;
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// it is closed already
		}
	}

	// the other end is read until it has noticed: closing would reset it
	private static void finish(Socket socket) {
		try {
			socket.shutdownOutput();
		}
		catch (IOException ex) {
			// it is closed already
		}
	}

	private enum State {

		WHOLE, HALF_OPEN, ENDED

	}

}
