package io.irpc.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.Limit;
import io.irpc.protocol.MessageFrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Finds peers that are gone or stuck: pings an idle one, closes one that stays silent or
 * does not end a line (protocol §8). One timer a connection, whatever happens on it.
 */
final class LivenessHandler extends ChannelInboundHandlerAdapter {

	private static final int SILENT_INTERVALS = 3;

	private final IrpcConnection connection;

	private final ConnectionListener listener;

	private final MessageFrameDecoder frameDecoder;

	private long pingInterval;

	private long idleTimeout;

	private final long lineTimeout;

	private long lastRead;

	private long lastPing;

	private long lineStart;

	private long linesAtStart = -1;

	private int heldBytes;

	private @Nullable Future<?> timer;

	private @Nullable ChannelHandlerContext active;

	LivenessHandler(IrpcConnection connection, ConnectionListener listener, MessageFrameDecoder frameDecoder,
			ConnectionOptions options) {
		this.connection = connection;
		this.listener = listener;
		this.frameDecoder = frameDecoder;
		this.pingInterval = options.pingInterval().toNanos();
		this.idleTimeout = options.idleTimeout().toNanos();
		this.lineTimeout = options.lineTimeout().toNanos();
	}

	/**
	 * Change the times of silence. Called on the event loop.
	 * @param interval time after which the peer is pinged; after three times as long the
	 * connection is closed
	 */
	void setKeepAlive(Duration interval) {
		this.pingInterval = interval.toNanos();
		this.idleTimeout = interval.multipliedBy(SILENT_INTERVALS).toNanos();
		ChannelHandlerContext ctx = this.active;
		if (ctx != null && this.timer != null) {
			this.timer.cancel(false);
			check(ctx);
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.active = ctx;
		this.lastRead = now(ctx);
		this.lastPing = this.lastRead;
		schedule(ctx, Math.min(this.pingInterval, this.lineTimeout));
		ctx.fireChannelActive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.lastRead = now(ctx);
		int bytes = (message instanceof ByteBuf buffer) ? buffer.readableBytes() : 0;
		Batch batch = Batch.current();
		batch.open();
		try {
			ctx.fireChannelRead(message);
			this.listener.bytesReceived(bytes);
		}
		finally {
			batch.close();
		}
		trackMemory();
		if (!this.frameDecoder.isInsideLine()) {
			this.linesAtStart = -1;
		}
		else if (this.linesAtStart != this.frameDecoder.lines()) {
			this.linesAtStart = this.frameDecoder.lines();
			this.lineStart = this.lastRead;
		}
	}

	private void check(ChannelHandlerContext ctx) {
		long now = now(ctx);
		boolean insideLine = this.linesAtStart >= 0;
		if (now - this.lastRead >= this.idleTimeout) {
			exceeded(Limit.IDLE_TIME, "nothing received for " + Duration.ofNanos(this.idleTimeout));
			return;
		}
		if (insideLine && now - this.lineStart >= this.lineTimeout) {
			exceeded(Limit.LINE_TIME, "a line did not end within " + Duration.ofNanos(this.lineTimeout));
			return;
		}
		long sinceSign = now - Math.max(this.lastRead, this.lastPing);
		if (sinceSign >= this.pingInterval) {
			this.lastPing = now;
			sinceSign = 0;
			this.listener.idle();
		}
		long untilLineEnds = this.lineTimeout - (insideLine ? now - this.lineStart : 0);
		long untilIdle = this.idleTimeout - (now - this.lastRead);
		schedule(ctx, Math.min(untilIdle, Math.min(untilLineEnds, this.pingInterval - sinceSign)));
	}

	private void exceeded(Limit limit, String reason) {
		this.listener.exceeded(limit, reason);
		this.connection.cut(reason);
	}

	private void trackMemory() {
		int held = this.frameDecoder.heldBytes();
		if (held != this.heldBytes) {
			this.listener.memoryChanged(held - this.heldBytes);
			this.heldBytes = held;
		}
	}

	private void schedule(ChannelHandlerContext ctx, long delay) {
		this.timer = ctx.executor().schedule(() -> check(ctx), delay, TimeUnit.NANOSECONDS);
	}

	private static long now(ChannelHandlerContext ctx) {
		return ctx.executor().ticker().nanoTime();
	}

}
