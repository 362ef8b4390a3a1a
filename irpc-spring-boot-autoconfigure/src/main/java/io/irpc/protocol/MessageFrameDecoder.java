package io.irpc.protocol;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ByteProcessor;

/**
 * Cuts a stream of bytes into lines and passes on the message of each, or the
 * {@link ProtocolException} in its place. A line that is too long is refused while it
 * arrives, whether or not it ever ends (protocol §8); nothing is read behind it.
 *
 * @since 0.1.0
 */
public final class MessageFrameDecoder extends ByteToMessageDecoder {

	private static final int MAX_LINES = 64;

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
	 * Return what the line that has begun takes in memory. To be called on the event
	 * loop.
	 * @return the bytes of its buffer, 0 between lines
	 */
	public int heldBytes() {
		ByteBuf held = internalBuffer();
		return held.isReadable() ? held.capacity() : 0;
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
		// some at a time, as passing each on alone costs more than decoding it
		for (int i = 0; i < MAX_LINES && in.isReadable(); i++) {
			if (!decodeNext(in, out)) {
				return;
			}
		}
	}

	private boolean decodeNext(ByteBuf in, List<Object> out) {
		if (this.discarding) {
			in.skipBytes(in.readableBytes());
			return true;
		}
		skipEmptyLines(in);
		if (!in.isReadable()) {
			return true;
		}
		int start = in.readerIndex();
		if (!isFirstCharacter(in.getByte(start))) {
			// now, as the line of another protocol may never end
			in.skipBytes(in.readableBytes());
			refuse(ProtocolException.foreign(), out);
			return true;
		}
		int lineFeed = in.indexOf(start + this.scanned, in.writerIndex(), (byte) '\n');
		int length = ((lineFeed >= 0) ? lineFeed : in.writerIndex()) - start;
		if (length > this.maxLength) {
			in.skipBytes(in.readableBytes());
			refuse(ProtocolException.length(this.maxLength), out);
			return true;
		}
		if (lineFeed < 0) {
			this.scanned = length;
			return false;
		}
		this.scanned = 0;
		this.lines++;
		if (in.getByte(start) == '#') {
			in.skipBytes(length);
		}
		else {
			byte[] line = new byte[length];
			in.readBytes(line);
			decodeLine(line, out);
		}
		in.skipBytes(1);
		return true;
	}

	// all at once, as they come in floods
	private void skipEmptyLines(ByteBuf in) {
		if (this.scanned == 0) {
			int end = in.forEachByte(ByteProcessor.FIND_NON_LF);
			int count = ((end >= 0) ? end : in.writerIndex()) - in.readerIndex();
			in.skipBytes(count);
			this.lines += count;
		}
	}

	private static boolean isFirstCharacter(byte first) {
		return first == '!' || first == '>' || first == '#' || first == '\r';
	}

	private void decodeLine(byte[] line, List<Object> out) {
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
