package io.irpc.payload;

import java.util.concurrent.atomic.AtomicBoolean;

import tools.jackson.core.util.BufferRecycler;

/**
 * Buffers that stay where they are while they are in use: to take them out and to put
 * them back, as Jackson's does, makes the collector's barriers a tenth of a small call.
 * Used by one reader or writer at a time.
 */
final class SlotRecycler extends BufferRecycler implements Slot {

	private final AtomicBoolean free = new AtomicBoolean();

	private final byte[][] bytes = new byte[this._byteBuffers.length()][];

	private final char[][] chars = new char[this._charBuffers.length()][];

	private int bytesTaken;

	private int charsTaken;

	@Override
	public AtomicBoolean free() {
		return this.free;
	}

	@Override
	public byte[] allocByteBuffer(int index, int minSize) {
		int size = Math.max(byteBufferLength(index), minSize);
		byte[] kept = this.bytes[index];
		if (kept == null || kept.length < size || (this.bytesTaken & 1 << index) != 0) {
			return balloc(size);
		}
		this.bytesTaken |= 1 << index;
		return kept;
	}

	@Override
	public void releaseByteBuffer(int index, byte[] buffer) {
		byte[] kept = this.bytes[index];
		if (kept == null || buffer.length > kept.length) {
			this.bytes[index] = buffer;
			this.bytesTaken &= ~(1 << index);
		}
		else if (buffer == kept) {
			this.bytesTaken &= ~(1 << index);
		}
	}

	@Override
	public char[] allocCharBuffer(int index, int minSize) {
		int size = Math.max(charBufferLength(index), minSize);
		char[] kept = this.chars[index];
		if (kept == null || kept.length < size || (this.charsTaken & 1 << index) != 0) {
			return calloc(size);
		}
		this.charsTaken |= 1 << index;
		return kept;
	}

	@Override
	public void releaseCharBuffer(int index, char[] buffer) {
		char[] kept = this.chars[index];
		if (kept == null || buffer.length > kept.length) {
			this.chars[index] = buffer;
			this.charsTaken &= ~(1 << index);
		}
		else if (buffer == kept) {
			this.charsTaken &= ~(1 << index);
		}
	}

}
