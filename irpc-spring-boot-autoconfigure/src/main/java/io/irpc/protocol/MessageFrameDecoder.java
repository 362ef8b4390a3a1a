package io.irpc.protocol;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts a stream of bytes into lines and passes on the message of each, or the
 * {@link ProtocolException} in its place. A line that is too long is refused while it
 * arrives, whether or not it ever ends (protocol §8); nothing is read behind it.
 *
 * @since 0.1.0
 */
public final class MessageFrameDecoder extends ByteToMessageDecoder {

	private final MessageDecoder decoder;

	private int maxLength;

	private int scanned;

	private long lines;

	private boolean discarding;

	/**
	 * Create a decoder for one connection.
	 * @param decoder decodes the lines
	 * @param maxLength length of the longest line in bytes, without its line feed
	 */
	public MessageFrameDecoder(MessageDecoder decoder, int maxLength) {
		this.decoder = decoder;
		this.maxLength = maxLength;
	}

	/**
	 * Change the limit. To be called on the event loop.
	 * @param maxLength length of the longest line in bytes, without its line feed
	 */
	public void setMaxLength(int maxLength) {
		this.maxLength = maxLength;
	}

	/**
	 * Return whether a line has begun and not ended. To be called on the event loop.
	 * @return {@code true} inside a line
	 */
	public boolean isInsideLine() {
		return this.scanned > 0;
	}

	/**
	 * Return how many lines have ended. To be called on the event loop.
	 * @return the number of lines, comments and empty ones included
	 */
	public long lines() {
		return this.lines;
	}

	/**
	 * Throw away whatever arrives from now on. To be called on the event loop.
	 */
	public void discard() {
		this.discarding = true;
		this.scanned = 0;
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		if (this.discarding) {
			in.skipBytes(in.readableBytes());
			return;
		}
		int start = in.readerIndex();
		int lineFeed = in.indexOf(start + this.scanned, in.writerIndex(), (byte) '\n');
		int length = ((lineFeed >= 0) ? lineFeed : in.writerIndex()) - start;
		if (length > this.maxLength) {
			in.skipBytes(in.readableBytes());
			refuse(ProtocolException.connection("Line too long (expected: <= " + this.maxLength + " bytes)"), out);
		}
		else if (lineFeed < 0) {
			this.scanned = length;
		}
		else {
			this.scanned = 0;
			this.lines++;
			decodeLine(in.readSlice(length), out);
			in.skipBytes(1);
		}
	}

	private void decodeLine(ByteBuf line, List<Object> out) {
		try {
			IrpcMessage message = this.decoder.decode(line);
			if (message != null) {
				out.add(message);
			}
		}
		catch (ProtocolException ex) {
			refuse(ex, out);
		}
	}

	private void refuse(ProtocolException ex, List<Object> out) {
		if (ex.consequence() == ProtocolException.Consequence.CLOSE) {
			discard();
		}
		out.add(ex);
	}

}
