package io.irpc.test;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries the bytes of one side to the other one. A handler of the channel of the side
 * that sends, whose event loop is the only thread.
 */
final class Direction extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(Direction.class);

	private final Side sender;

	private final BadConnection connection;

	private final Weather weather;

	private final Transit transit;

	private final @Nullable Cut cut;

	private long taken;

	private volatile long passed;

	private boolean inputEnded;

	private boolean reading;

	private @Nullable Future<?> timer;

	/**
	 * Create a direction.
	 * @param sender the side that sends
	 * @param connection has the channels of both sides
	 * @param weather holds up what is sent
	 * @param fate what is to happen to the connection
	 */
	Direction(Side sender, BadConnection connection, Weather weather, Fate fate) {
		this.sender = sender;
		this.connection = connection;
		this.weather = weather;
		this.transit = new Transit(weather, fate.delay().toNanos());
		Cut planned = fate.cut();
		this.cut = (planned != null && planned.sender() == sender) ? planned : null;
	}

	void start() {
		passed(0);
		goOn();
	}

	long passed() {
		return this.passed;
	}

	boolean hasEnded() {
		return this.inputEnded && this.transit.isEmpty();
	}

	/**
	 * Pass on what has arrived by now, and read more. Of a connection that is not whole
	 * any more all is read and nothing is passed on.
	 */
	void goOn() {
		if (!this.connection.isWhole()) {
			this.transit.clear();
		}
		while (!this.transit.isEmpty() && !isHeldUp()) {
			long wait = this.transit.arrival() - System.nanoTime();
			if (wait > 0) {
				awaken(wait);
				break;
			}
			pass(this.transit.take());
		}
		to().flush();
		readOn();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf buffer = (ByteBuf) message;
		try {
			if (this.connection.isWhole()) {
				this.transit.send(ByteBufUtil.getBytes(buffer), System.nanoTime());
			}
		}
		finally {
			buffer.release();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		this.reading = false;
		goOn();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			inputEnded(Ending.FINISH);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof IOException)) {
			logger.error("Unexpected failure of a bad link", cause);
		}
		inputEnded(Ending.RESET);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		inputEnded(Ending.RESET);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		this.connection.direction(this.sender.other()).goOn();
	}

	private void inputEnded(Ending ending) {
		if (this.inputEnded) {
			return;
		}
		this.inputEnded = true;
		if (this.connection.isWhole()) {
			this.transit.send(ending, System.nanoTime());
			goOn();
		}
		else {
			from().close();
		}
	}

	private void pass(Transit.Parcel parcel) {
		Ending ending = parcel.ending();
		if (ending == Ending.RESET) {
			this.connection.end(Ending.RESET);
			return;
		}
		if (ending == Ending.FINISH) {
			this.connection.finish(this.sender.other());
			this.connection.closeIfEnded();
			return;
		}
		int length = (this.cut != null) ? (int) Math.min(parcel.bytes().length, this.cut.after() - this.taken)
				: parcel.bytes().length;
		this.taken += length;
		to().write(Unpooled.wrappedBuffer(parcel.bytes(), 0, length)).addListener((written) -> {
			if (written.isSuccess()) {
				passed(length);
			}
			else {
				this.connection.end(Ending.RESET);
			}
		});
	}

	@SuppressWarnings("NonAtomicVolatileUpdate")
	private void passed(int length) {
		this.passed += length;
		if (this.cut != null && this.passed >= this.cut.after()) {
			this.connection.end(this.cut.ending());
		}
	}

	private boolean isHeldUp() {
		return this.weather.isFrozen(this.sender) || !to().isWritable()
				|| (this.cut != null && this.taken >= this.cut.after());
	}

	private void readOn() {
		boolean held = this.connection.isWhole() && (this.transit.isFull() || this.weather.isFrozen(this.sender));
		if (!this.reading && !this.inputEnded && !held) {
			this.reading = true;
			from().read();
		}
	}

	private void awaken(long nanos) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		this.timer = from().eventLoop().schedule(this::goOn, nanos, TimeUnit.NANOSECONDS);
	}

	private SocketChannel from() {
		return this.connection.channel(this.sender);
	}

	private SocketChannel to() {
		return this.connection.channel(this.sender.other());
	}

}
