package io.irpc.protocol;

import java.util.AbstractList;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * Arguments that know their form on the wire, made once for all the commands that carry
 * them (protocol §2). {@link MessageEncoder} makes them.
 *
 * @since 0.1.0
 */
public final class EncodedArguments extends AbstractList<Argument> {

	private final List<Argument> arguments;

	private final byte[] bytes;

	EncodedArguments(List<Argument> arguments, byte[] bytes) {
		this.arguments = List.copyOf(arguments);
		this.bytes = bytes;
	}

	@Override
	public Argument get(int index) {
		return this.arguments.get(index);
	}

	@Override
	public int size() {
		return this.arguments.size();
	}

	/**
	 * Return how long the arguments are in a line.
	 * @return the number of bytes
	 */
	public int length() {
		return this.bytes.length;
	}

	void writeTo(ByteBuf out) {
		out.writeBytes(this.bytes);
	}

}
