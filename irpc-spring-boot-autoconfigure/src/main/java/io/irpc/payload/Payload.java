package io.irpc.payload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * One JSON value in UTF-8, not parsed until the type that it is meant for is known.
 * <p>
 * Immutable by agreement: the bytes are shared, never copied and never changed.
 *
 * @since 0.1.0
 */
public final class Payload {

	/**
	 * JSON {@code null}.
	 */
	public static final Payload NULL = ofJson("null");

	private final byte[] array;

	private final int offset;

	private final int length;

	/**
	 * Whether it stands on one line, once that is known. Threads may find out at the same
	 * time, which comes to the same.
	 */
	private boolean singleLine;

	private Payload(byte[] array, int offset, int length) {
		this.array = array;
		this.offset = offset;
		this.length = length;
	}

	/**
	 * Wrap a part of an array that nobody changes from now on.
	 * @param array the array that holds the value
	 * @param offset index of the first byte
	 * @param length number of bytes
	 * @return the payload
	 */
	public static Payload wrap(byte[] array, int offset, int length) {
		return new Payload(array, offset, length);
	}

	/**
	 * Take the given JSON text as it is.
	 * @param json one JSON value
	 * @return the payload
	 */
	public static Payload ofJson(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return new Payload(bytes, 0, bytes.length);
	}

	/**
	 * Return the array that holds the value, at {@link #offset()}.
	 * @return the shared array, not to be changed
	 */
	public byte[] array() {
		return this.array;
	}

	/**
	 * Return where in {@link #array()} the value begins.
	 * @return the index of the first byte
	 */
	public int offset() {
		return this.offset;
	}

	/**
	 * Return the size of the value.
	 * @return the number of bytes
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Return whether the value is JSON {@code null}.
	 * @return {@code true} for {@code null}
	 */
	public boolean isNull() {
		return equals(NULL);
	}

	/**
	 * Return whether the value is a JSON object, by its first byte.
	 * @return {@code true} for an object
	 */
	public boolean isObject() {
		return this.length > 0 && this.array[this.offset] == '{';
	}

	/**
	 * Return whether the value has no control characters, so that it may stand in a line.
	 * @return {@code true} if it has none
	 */
	public boolean isSingleLine() {
		if (!this.singleLine) {
			for (int i = this.offset; i < this.offset + this.length; i++) {
				if (this.array[i] >= 0 && this.array[i] < ' ') {
					return false;
				}
			}
			this.singleLine = true;
		}
		return true;
	}

	/**
	 * Return the value as JSON text. Unlike {@link #toString()} it shows the content.
	 * @return the JSON text
	 */
	public String json() {
		return new String(this.array, this.offset, this.length, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Payload that && Arrays.equals(this.array, this.offset, this.offset + this.length,
				that.array, that.offset, that.offset + that.length);
	}

	@Override
	public int hashCode() {
		int hash = 1;
		for (int i = this.offset; i < this.offset + this.length; i++) {
			hash = 31 * hash + this.array[i];
		}
		return hash;
	}

	/**
	 * Describes the payload without its content, which may be confidential.
	 */
	@Override
	public String toString() {
		return "Payload[" + this.length + " bytes]";
	}

}
