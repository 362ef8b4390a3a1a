package io.irpc.benchmark.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import org.jspecify.annotations.Nullable;

/**
 * Answers each line of a read without looking into its value, and writes the answers of
 * one read at once.
 */
class RawAnswerer extends RawLines {

	private static final byte[] TRUE = "\t\ttrue\n".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] FALSE = "\t\tfalse\n".getBytes(StandardCharsets.US_ASCII);

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
		this.out.writeByte('>').writeBytes(in, idStart, idEnd - idStart);
		answer(in, idEnd + "\tfn:".length(), end, this.out);
	}

	void answer(ByteBuf in, int name, int end, ByteBuf answers) {
		if (in.getByte(name) == 'a') {
			boolean even = (in.getByte(end - 1) & 1) == 0;
			answers.writeBytes(even ? TRUE : FALSE);
		}
		else {
			int value = name + "echo\torder=".length();
			answers.writeByte('\t').writeByte('\t').writeBytes(in, value, end - value).writeByte('\n');
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
