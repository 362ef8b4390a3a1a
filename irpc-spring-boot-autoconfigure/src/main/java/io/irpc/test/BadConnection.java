package io.irpc.test;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;

/**
 * One connection over a {@link BadLink}, until something goes wrong. Used by the event
 * loop of the link, except where it says otherwise.
 */
final class BadConnection {

	private final SocketChannel client;

	private final SocketChannel server;

	private final Direction fromClient;

	private final Direction fromServer;

	private volatile State state = State.WHOLE;

	BadConnection(SocketChannel client, SocketChannel server, Weather weather, Fate fate) {
		this.client = client;
		this.server = server;
		this.fromClient = new Direction(Side.CLIENT, this, weather, fate);
		this.fromServer = new Direction(Side.SERVER, this, weather, fate);
	}

	void start() {
		this.client.pipeline().addLast(this.fromClient);
		this.server.pipeline().addLast(this.fromServer);
		this.fromClient.start();
		this.fromServer.start();
	}

	/**
	 * Go on, as what holds up bytes may have changed.
	 */
	void goOn() {
		this.fromClient.goOn();
		this.fromServer.goOn();
	}

	/**
	 * Return how many bytes of a side have passed. Safe on any thread.
	 * @param sender the side
	 * @return the number of bytes
	 */
	long passed(Side sender) {
		return direction(sender).passed();
	}

	/**
	 * Return whether nothing has ended yet. Safe on any thread.
	 * @return {@code false} if the connection has ended, on one side at least
	 */
	boolean isWhole() {
		return this.state == State.WHOLE;
	}

	Direction direction(Side sender) {
		return (sender == Side.CLIENT) ? this.fromClient : this.fromServer;
	}

	SocketChannel channel(Side side) {
		return (side == Side.CLIENT) ? this.client : this.server;
	}

	/**
	 * End the connection for both sides. What is under way is lost.
	 * @param ending how
	 */
	void end(Ending ending) {
		if (!isWhole()) {
			return;
		}
		this.state = State.ENDED;
		for (Side side : Side.values()) {
			if (ending == Ending.RESET) {
				reset(channel(side));
			}
			else {
				finish(side);
			}
		}
		goOn();
	}

	/**
	 * End the connection for one side, of which the other one never hears.
	 * @param notices the side that notices
	 */
	void halfOpen(Side notices) {
		if (isWhole()) {
			this.state = State.HALF_OPEN;
			reset(channel(notices));
			goOn();
		}
	}

	/**
	 * End the stream to one side, behind what has passed before. Its channel is read
	 * until it has noticed, as closing it would be a reset.
	 * @param side the side
	 */
	void finish(Side side) {
		SocketChannel channel = channel(side);
		channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> channel.shutdownOutput());
	}

	void closeIfEnded() {
		if (this.fromClient.hasEnded() && this.fromServer.hasEnded()) {
			this.state = State.ENDED;
			for (Side side : Side.values()) {
				SocketChannel channel = channel(side);
				channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> channel.close());
			}
		}
	}

	void close() {
		this.state = State.ENDED;
		reset(this.client);
		reset(this.server);
	}

	/**
	 * Reset a channel, behind what the network has taken before.
	 * @param channel the channel
	 */
	static void reset(SocketChannel channel) {
		if (channel.isOpen()) {
			channel.flush();
			channel.config().setSoLinger(0);
			channel.close();
		}
	}

	private enum State {

		WHOLE, HALF_OPEN, ENDED

	}

}
