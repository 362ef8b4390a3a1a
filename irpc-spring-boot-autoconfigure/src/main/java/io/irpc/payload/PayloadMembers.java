package io.irpc.payload;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes JSON objects apart and puts them together, without looking into the values of
 * their members.
 *
 * @since 0.1.0
 */
public final class PayloadMembers {

	private static final JsonFactory FACTORY = new JsonFactory();

	private PayloadMembers() {
	}

	/**
	 * Return the members of an object.
	 * @param object the object
	 * @return the values by name, in the order of the object; they share its bytes
	 * @throws PayloadException if the payload is no JSON object
	 */
	public static Map<String, Payload> of(Payload object) {
		Map<String, Payload> members = new LinkedHashMap<>();
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), object.array(), object.offset(),
				object.length())) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new PayloadException("not a JSON object", true, null);
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				parser.nextToken();
				int start = (int) parser.currentTokenLocation().getByteOffset();
				parser.skipChildren();
				parser.finishToken();
				int end = (int) parser.currentLocation().getByteOffset();
				members.put(name, Payload.wrap(object.array(), object.offset() + start, end - start));
			}
			return members;
		}
		catch (JacksonException ex) {
			throw new PayloadException("not a JSON object", true, null);
		}
	}

	/**
	 * Form an object.
	 * @param members the values by name, each known to be one JSON value
	 * @return the object
	 */
	public static Payload toObject(Map<String, Payload> members) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		char separator = '{';
		for (Map.Entry<String, Payload> member : members.entrySet()) {
			out.write(separator);
			separator = ',';
			out.write('"');
			out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(member.getKey()));
			out.write('"');
			out.write(':');
			Payload value = member.getValue();
			out.write(value.array(), value.offset(), value.length());
		}
		if (members.isEmpty()) {
			out.write('{');
		}
		out.write('}');
		byte[] bytes = out.toByteArray();
		return Payload.wrap(bytes, 0, bytes.length);
	}

}
