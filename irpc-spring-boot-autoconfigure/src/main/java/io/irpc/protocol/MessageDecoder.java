package io.irpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one line into one message (protocol §2). JSON is not parsed: the values are
 * slices of one copy of the line. Stateless, safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MessageDecoder {

	private final int maxParameters;

	/**
	 * Create a decoder.
	 * @param maxParameters how many parameters one command may have
	 */
	public MessageDecoder(int maxParameters) {
		this.maxParameters = maxParameters;
	}

	/**
	 * Decode a line.
	 * @param line the line without its line feed; read to its end, not released
	 * @return the message, {@code null} for a comment or an empty line
	 * @throws ProtocolException if the line is no valid message
	 */
	public @Nullable IrpcMessage decode(ByteBuf line) {
		byte[] bytes = ByteBufUtil.getBytes(line);
		line.skipBytes(line.readableBytes());
		int end = bytes.length;
		if (end > 0 && bytes[end - 1] == '\r') {
			end--;
		}
		if (end == 0) {
			return null;
		}
		return switch (bytes[0]) {
			case '#' -> null;
			case '!' -> command(bytes, end);
			case '>' -> response(bytes, end);
			default -> throw ProtocolException.foreign();
		};
	}

	private Command command(byte[] bytes, int end) {
		int fieldEnd = fieldEnd(bytes, 1, end);
		String head = latin(bytes, 1, fieldEnd);
		int at = head.indexOf('@');
		String id = (at >= 0) ? head.substring(at + 1) : null;
		if (id != null && !id.isEmpty() && !Grammar.isId(id)) {
			throw ProtocolException.command(null,
					"Bad command id (expected: 1 to " + Grammar.MAX_ID_LENGTH + " letters, digits, '_' or '-')");
		}
		String name = (at >= 0) ? head.substring(0, at) : head;
		if (!Grammar.isIdentifier(name)) {
			throw ProtocolException.command(id, "Bad command name (expected: a letter, then letters, digits or '_')");
		}
		Parameters parameters = new Parameters(id);
		int count = 0;
		while (fieldEnd < end) {
			if (++count > this.maxParameters) {
				throw ProtocolException.parameters(id, this.maxParameters);
			}
			int start = fieldEnd + 1;
			fieldEnd = fieldEnd(bytes, start, end);
			parameters.add(bytes, start, fieldEnd);
		}
		return new Command(name, id, parameters.internals, parameters.arguments);
	}

	private Response response(byte[] bytes, int end) {
		int idEnd = fieldEnd(bytes, 1, end);
		int typeEnd = (idEnd < end) ? fieldEnd(bytes, idEnd + 1, end) : end;
		if (typeEnd == end || fieldEnd(bytes, typeEnd + 1, end) != end) {
			throw ProtocolException.response("A response has three fields: id, type, value");
		}
		String id = latin(bytes, 1, idEnd);
		if (!id.isEmpty() && !Grammar.isId(id)) {
			throw ProtocolException.response("Bad response id");
		}
		return new Response(id, responseType(bytes, idEnd + 1, typeEnd),
				Payload.wrap(bytes, typeEnd + 1, end - typeEnd - 1));
	}

	private static Response.Type responseType(byte[] bytes, int start, int end) {
		String name = latin(bytes, start, end);
		for (Response.Type type : Response.Type.values()) {
			if (type.wireName().equals(name)) {
				return type;
			}
		}
		throw ProtocolException.response("Unknown response type");
	}

	private static int fieldEnd(byte[] bytes, int start, int end) {
		int i = start;
		while (i < end && bytes[i] != '\t') {
			i++;
		}
		return i;
	}

	// every byte becomes one character, so that a check of the characters is one of bytes
	private static String latin(byte[] bytes, int start, int end) {
		return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
	}

	private static final class Parameters {

		private final @Nullable String id;

		private Map<String, String> internals = Collections.emptyMap();

		private List<Argument> arguments = Collections.emptyList();

		Parameters(@Nullable String id) {
			this.id = id;
		}

		void add(byte[] bytes, int start, int end) {
			int mark = start;
			while (mark < end && bytes[mark] != ':' && bytes[mark] != '=') {
				mark++;
			}
			if (mark == end) {
				throw ProtocolException.command(this.id, "Bad parameter (expected: name:text, name=JSON or =JSON)");
			}
			String name = latin(bytes, start, mark);
			if (bytes[mark] == ':') {
				addInternal(name, latin(bytes, mark + 1, end));
			}
			else {
				addArgument(name, Payload.wrap(bytes, mark + 1, end - mark - 1));
			}
		}

		private void addInternal(String name, String value) {
			checkName(name);
			if (!Grammar.isRaw(value)) {
				throw ProtocolException.command(this.id, "Bad value of " + name + " (expected: printable ASCII)");
			}
			if (this.internals.isEmpty()) {
				this.internals = new HashMap<>(4);
			}
			if (this.internals.put(name, value) != null) {
				throw ProtocolException.command(this.id, "Parameter " + name + " stands twice");
			}
		}

		private void addArgument(String name, Payload value) {
			if (!name.isEmpty()) {
				checkName(name);
			}
			if (this.arguments.isEmpty()) {
				this.arguments = new ArrayList<>(4);
			}
			this.arguments.add(new Argument(name.isEmpty() ? null : name, value));
		}

		private void checkName(String name) {
			if (!Grammar.isIdentifier(name)) {
				throw ProtocolException.command(this.id,
						"Bad parameter name (expected: a letter, then letters, digits or '_')");
			}
		}

	}

}
