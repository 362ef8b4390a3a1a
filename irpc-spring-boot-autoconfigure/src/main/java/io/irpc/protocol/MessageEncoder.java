package io.irpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Forms the lines of messages (protocol §2), and is the only place that does: whatever
 * would end a field or a line early is refused here. Stateless, safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class MessageEncoder {

	private MessageEncoder() {
	}

	/**
	 * Return the number of bytes of a message's line with its line feed.
	 * @param message the message
	 * @return the length in bytes
	 * @throws IllegalArgumentException if a field has a character that the grammar does
	 * not allow there, or a value has a control character
	 */
	public static int measure(IrpcMessage message) {
		if (message instanceof Command command) {
			return measureCommand(command);
		}
		Response response = (Response) message;
		require(response.id().isEmpty() || Grammar.isId(response.id()), "response id", response.id());
		return response.id().length() + response.type().wireName().length() + measure(response.value()) + 4;
	}

	/**
	 * Form the part of a line that arguments take, for commands that share them.
	 * @param arguments the arguments
	 * @return the same arguments, with their form
	 * @throws IllegalArgumentException as {@link #measure} throws it
	 */
	public static EncodedArguments encode(List<Argument> arguments) {
		ByteBuf out = Unpooled.buffer(measure(arguments));
		encodeArguments(arguments, out);
		return new EncodedArguments(arguments, out.array());
	}

	/**
	 * Append the line of a message.
	 * @param message a message that {@link #measure} accepts
	 * @param out the buffer to append to
	 */
	public static void encode(IrpcMessage message, ByteBuf out) {
		if (message instanceof Command command) {
			encodeCommand(command, out);
		}
		else {
			Response response = (Response) message;
			out.writeByte('>');
			writeRaw(response.id(), out);
			out.writeByte('\t');
			writeRaw(response.type().wireName(), out);
			out.writeByte('\t');
			writePayload(response.value(), out);
		}
		out.writeByte('\n');
	}

	private static int measureCommand(Command command) {
		require(Grammar.isIdentifier(command.name()), "command name", command.name());
		int length = command.name().length() + 2;
		String id = command.id();
		if (id != null) {
			require(id.isEmpty() || Grammar.isId(id), "command id", id);
			length += id.length() + 1;
		}
		for (Map.Entry<String, String> internal : command.internals().entrySet()) {
			require(Grammar.isIdentifier(internal.getKey()), "parameter name", internal.getKey());
			require(Grammar.isRaw(internal.getValue()), internal.getKey(), internal.getValue());
			length += internal.getKey().length() + internal.getValue().length() + 2;
		}
		return length + measure(command.arguments());
	}

	private static int measure(List<Argument> arguments) {
		if (arguments instanceof EncodedArguments encoded) {
			return encoded.length();
		}
		int length = 0;
		for (Argument argument : arguments) {
			String name = argument.name();
			require(name == null || Grammar.isIdentifier(name), "argument name", name);
			length += ((name != null) ? name.length() : 0) + measure(argument.value()) + 2;
		}
		return length;
	}

	private static int measure(Payload payload) {
		if (!payload.isSingleLine()) {
			throw new IllegalArgumentException("The protocol does not allow control characters in a JSON value");
		}
		return payload.length();
	}

	private static void require(boolean allowed, String what, @Nullable String text) {
		if (!allowed) {
			throw new IllegalArgumentException("The protocol does not allow " + what + " '" + LogSafe.text(text) + "'");
		}
	}

	private static void encodeCommand(Command command, ByteBuf out) {
		out.writeByte('!');
		writeRaw(command.name(), out);
		String id = command.id();
		if (id != null) {
			out.writeByte('@');
			writeRaw(id, out);
		}
		for (Map.Entry<String, String> internal : command.internals().entrySet()) {
			out.writeByte('\t');
			writeRaw(internal.getKey(), out);
			out.writeByte(':');
			writeRaw(internal.getValue(), out);
		}
		if (command.arguments() instanceof EncodedArguments encoded) {
			encoded.writeTo(out);
		}
		else {
			encodeArguments(command.arguments(), out);
		}
	}

	private static void encodeArguments(List<Argument> arguments, ByteBuf out) {
		for (Argument argument : arguments) {
			out.writeByte('\t');
			String name = argument.name();
			if (name != null) {
				writeRaw(name, out);
			}
			out.writeByte('=');
			writePayload(argument.value(), out);
		}
	}

	private static void writeRaw(String text, ByteBuf out) {
		out.writeCharSequence(text, StandardCharsets.US_ASCII);
	}

	private static void writePayload(Payload payload, ByteBuf out) {
		out.writeBytes(payload.array(), payload.offset(), payload.length());
	}

}
