package io.irpc.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls, those that follow from one read at once. Looks at no value, but at how
 * long it is.
 */
class RawAsker extends RawLines {

	static final byte[] CALL = "!call@".getBytes(StandardCharsets.US_ASCII);

	private final AtomicReference<@Nullable ChannelHandlerContext> context = new AtomicReference<>();

	private Peer.@Nullable Reply[] replies = new Peer.Reply[256];

	private final int[] free = new int[256];

	private int freeCount;

	private int used;

	private @Nullable ByteBuf out;

	private boolean reading;

	private volatile Runnable delivery = () -> {
	};

	void listen(Runnable newDelivery) {
		this.delivery = newDelivery;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.context.set(ctx);
	}

	ChannelHandlerContext context() {
		ChannelHandlerContext ctx = this.context.get();
		while (ctx == null) {
			Thread.onSpinWait();
			ctx = this.context.get();
		}
		return ctx;
	}

	void call(byte[] function, int number, @Nullable Order order, Peer.Reply reply) {
		ChannelHandlerContext ctx = context();
		if (!ctx.executor().inEventLoop()) {
			ctx.executor().execute(() -> call(function, number, order, reply));
			return;
		}
		int id = (this.freeCount > 0) ? this.free[--this.freeCount] : this.used++;
		this.replies[id] = reply;
		ByteBuf buffer = (this.out != null) ? this.out : ctx.alloc().buffer(1024);
		this.out = buffer;
		buffer.writeBytes(CALL);
		writeDigits(buffer, id);
		buffer.writeBytes(function);
		if (order != null) {
			writeOrder(buffer, order);
		}
		else {
			writeNumber(buffer, number);
		}
		buffer.writeByte('\n');
		if (!this.reading) {
			channelReadComplete(ctx);
		}
	}

	void writeOrder(ByteBuf buffer, Order order) {
		buffer.writeBytes(OrderJson.EXAMPLE);
	}

	void writeNumber(ByteBuf buffer, int number) {
		writeDigits(buffer, number);
	}

	private static void writeDigits(ByteBuf buffer, int number) {
		int divisor = 1;
		while (number / divisor >= 10) {
			divisor *= 10;
		}
		for (; divisor > 0; divisor /= 10) {
			buffer.writeByte('0' + number / divisor % 10);
		}
	}

	@Override
	void line(ChannelHandlerContext ctx, ByteBuf in, int start, int end) {
		if (in.getByte(start) == '!') {
			this.delivery.run();
			return;
		}
		this.reading = true;
		int id = 0;
		int i = start + 1;
		for (byte digit = in.getByte(i); digit != '\t'; digit = in.getByte(++i)) {
			id = 10 * id + digit - '0';
		}
		Peer.Reply reply = this.replies[id];
		this.replies[id] = null;
		this.free[this.freeCount++] = id;
		if (reply != null) {
			reply.answered(answer(in, i + 2, end));
		}
	}

	Object answer(ByteBuf in, int start, int end) {
		byte first = in.getByte(start);
		return first == 't' || (first == '{' && end - start == OrderJson.EXAMPLE.length);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		this.reading = false;
		ByteBuf calls = this.out;
		this.out = null;
		if (calls != null) {
			ctx.writeAndFlush(calls, ctx.voidPromise());
		}
	}

}
