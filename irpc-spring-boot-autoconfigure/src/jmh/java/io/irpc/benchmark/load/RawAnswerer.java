package io.irpc.benchmark.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import org.jspecify.annotations.Nullable;

/**
 * Answers each line of a read, and writes the answers of one read at once.
 */
class RawAnswerer extends RawLines {

	private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

	private final ChannelGroup subscribers;

	private @Nullable ByteBuf out;

	RawAnswerer(ChannelGroup subscribers) {
		this.subscribers = subscribers;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.subscribers.add(ctx.channel());
	}

	@Override
	void line(ChannelHandlerContext ctx, ByteBuf in, int start, int end) {
		if (this.out == null) {
			this.out = ctx.alloc().buffer(1024);
		}
		int idStart = start + RawAsker.CALL.length;
		int idEnd = in.indexOf(idStart, end, (byte) '\t');
		this.out.writeByte('>').writeBytes(in, idStart, idEnd - idStart).writeByte('\t').writeByte('\t');
		int name = idEnd + "\tfn:".length();
		answer(in, name, in.indexOf(name, end, (byte) '=') + 1, end, this.out);
		this.out.writeByte('\n');
	}

	void answer(ByteBuf in, int name, int value, int end, ByteBuf answers) {
		if (in.getByte(name) == 'a') {
			boolean even = (in.getByte(end - 1) & 1) == 0;
			answers.writeBytes(even ? TRUE : FALSE);
		}
		else {
			answers.writeBytes(in, value, end - value);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ByteBuf answers = this.out;
		this.out = null;
		if (answers != null) {
			ctx.writeAndFlush(answers, ctx.voidPromise());
		}
	}

}
