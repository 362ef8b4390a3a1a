package io.irpc.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one line into one message (protocol §2). JSON is not parsed: the values are
 * slices of the line. Stateless, safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MessageDecoder {

	// made once, as each answer asks for them
	private static final List<Response.Type> TYPES = List.of(Response.Type.values());

	private final int maxParameters;

	private final KnownTexts texts = new KnownTexts();

	/**
	 * Create a decoder.
	 * @param maxParameters how many parameters one command may have
	 */
	public MessageDecoder(int maxParameters) {
		this.maxParameters = maxParameters;
	}

	/**
	 * Decode a line.
	 * @param line the line without its line feed, which is not changed from now on
	 * @return the message, {@code null} for a comment or an empty line
	 * @throws ProtocolException if the line is no valid message
	 */
	public @Nullable IrpcMessage decode(byte[] line) {
		int end = line.length;
		if (end > 0 && line[end - 1] == '\r') {
			end--;
		}
		if (end == 0) {
			return null;
		}
		return switch (line[0]) {
			case '#' -> null;
			case '!' -> command(line, end);
			case '>' -> response(line, end);
			default -> throw ProtocolException.foreign();
		};
	}

	private Command command(byte[] bytes, int end) {
		int fieldEnd = fieldEnd(bytes, 1, end);
		int at = 1;
		while (at < fieldEnd && bytes[at] != '@') {
			at++;
		}
		String id = null;
		if (at < fieldEnd) {
			KnownTexts.Text text = this.texts.get(bytes, at + 1, fieldEnd);
			if (!text.value().isEmpty() && !text.isId()) {
				throw ProtocolException.command(null,
						"Bad command id (expected: 1 to " + Grammar.MAX_ID_LENGTH + " letters, digits, '_' or '-')");
			}
			id = text.value();
		}
		KnownTexts.Text name = this.texts.get(bytes, 1, at);
		if (!name.isIdentifier()) {
			throw ProtocolException.command(id, "Bad command name (expected: a letter, then letters, digits or '_')");
		}
		Parameters parameters = new Parameters(id, this.texts);
		int count = 0;
		while (fieldEnd < end) {
			if (++count > this.maxParameters) {
				throw ProtocolException.parameters(id, this.maxParameters);
			}
			int start = fieldEnd + 1;
			fieldEnd = fieldEnd(bytes, start, end);
			parameters.add(bytes, start, fieldEnd);
		}
		return new Command(name.value(), id, parameters.internals, parameters.arguments);
	}

	private Response response(byte[] bytes, int end) {
		int idEnd = fieldEnd(bytes, 1, end);
		int typeEnd = (idEnd < end) ? fieldEnd(bytes, idEnd + 1, end) : end;
		if (typeEnd == end || fieldEnd(bytes, typeEnd + 1, end) != end) {
			throw ProtocolException.response("A response has three fields: id, type, value");
		}
		KnownTexts.Text id = this.texts.get(bytes, 1, idEnd);
		if (!id.value().isEmpty() && !id.isId()) {
			throw ProtocolException.response("Bad response id");
		}
		return new Response(id.value(), responseType(bytes, idEnd + 1, typeEnd),
				Payload.wrap(bytes, typeEnd + 1, end - typeEnd - 1));
	}

	private Response.Type responseType(byte[] bytes, int start, int end) {
		if (start == end) {
			return Response.Type.VALUE;
		}
		String name = this.texts.get(bytes, start, end).value();
		for (Response.Type type : TYPES) {
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

	private static final class Parameters {

		private final @Nullable String id;

		private final KnownTexts texts;

		private Map<String, String> internals = Collections.emptyMap();

		private List<Argument> arguments = Collections.emptyList();

		Parameters(@Nullable String id, KnownTexts texts) {
			this.id = id;
			this.texts = texts;
		}

		void add(byte[] bytes, int start, int end) {
			int mark = start;
			while (mark < end && bytes[mark] != ':' && bytes[mark] != '=') {
				mark++;
			}
			if (mark == end) {
				throw ProtocolException.command(this.id, "Bad parameter (expected: name:text, name=JSON or =JSON)");
			}
			KnownTexts.Text name = this.texts.get(bytes, start, mark);
			if (bytes[mark] == ':') {
				checkName(name);
				addInternal(name.value(), this.texts.get(bytes, mark + 1, end));
			}
			else {
				addArgument(name, Payload.wrap(bytes, mark + 1, end - mark - 1));
			}
		}

		private void addInternal(String name, KnownTexts.Text value) {
			if (!value.isRaw()) {
				throw ProtocolException.command(this.id, "Bad value of " + name + " (expected: printable ASCII)");
			}
			if (this.internals.isEmpty()) {
				this.internals = Map.of(name, value.value());
				return;
			}
			if (this.internals.size() == 1) {
				this.internals = new HashMap<>(this.internals);
			}
			if (this.internals.put(name, value.value()) != null) {
				throw ProtocolException.command(this.id, "Parameter " + name + " stands twice");
			}
		}

		private void addArgument(KnownTexts.Text name, Payload value) {
			if (name.value().isEmpty()) {
				add(new Argument(null, value));
			}
			else {
				checkName(name);
				add(new Argument(name.value(), value));
			}
		}

		private void add(Argument argument) {
			if (this.arguments.isEmpty()) {
				this.arguments = List.of(argument);
				return;
			}
			if (this.arguments.size() == 1) {
				this.arguments = new ArrayList<>(this.arguments);
			}
			this.arguments.add(argument);
		}

		private void checkName(KnownTexts.Text name) {
			if (!name.isIdentifier()) {
				throw ProtocolException.command(this.id,
						"Bad parameter name (expected: a letter, then letters, digits or '_')");
			}
		}

	}

}
