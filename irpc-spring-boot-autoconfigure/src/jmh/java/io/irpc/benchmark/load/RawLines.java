package io.irpc.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of what is read, a started one is kept.
 */
abstract class RawLines extends ChannelInboundHandlerAdapter {

	private @Nullable ByteBuf rest;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf in = (ByteBuf) message;
		if (this.rest != null) {
			in = this.rest.writeBytes(in);
			((ByteBuf) message).release();
			this.rest = null;
		}
		int start = in.readerIndex();
		for (int end = lineEnd(in, start); end >= 0; end = lineEnd(in, start)) {
			line(ctx, in, start, end);
			start = end + 1;
		}
		in.readerIndex(start);
		if (in.isReadable()) {
			this.rest = ctx.alloc().buffer(in.readableBytes() * 2).writeBytes(in);
		}
		in.release();
	}

	private static int lineEnd(ByteBuf in, int start) {
		return in.indexOf(start, in.writerIndex(), (byte) '\n');
	}

	abstract void line(ChannelHandlerContext ctx, ByteBuf in, int start, int end);

}
