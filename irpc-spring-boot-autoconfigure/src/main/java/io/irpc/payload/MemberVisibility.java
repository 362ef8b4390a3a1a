package io.irpc.payload;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectWriter;

/**
 * Shows JSON that is kept whole without the members that a reader may not see. Safe for
 * use by many threads.
 *
 * @since 0.1.0
 */
public final class MemberVisibility {

	private static final JsonFactory FACTORY = new JsonFactory();

	private final MemberTree tree;

	private final Set<String> authorities;

	private final ObjectWriter writer;

	MemberVisibility(MemberTree tree, ObjectWriter writer) {
		this.tree = tree;
		this.authorities = tree.authorities();
		this.writer = writer.withAttribute(Audience.class, Audience.keeper(tree));
	}

	/**
	 * Convert a value to JSON with all its members.
	 * @param value the value
	 * @return the payload
	 * @throws PayloadException if the value has no JSON form, or has a member to hide
	 * that the type asked for does not declare: nobody could take it out later
	 */
	public Payload write(Object value) {
		Payload payload = PayloadConverter.write(value, this.writer);
		if (!this.authorities.isEmpty()) {
			show(payload, Set.of());
		}
		return payload;
	}

	/**
	 * Return the authorities that somebody lacks to see everything.
	 * @param granted the authorities granted
	 * @return the others, empty if nothing is hidden
	 */
	public Set<String> missing(Set<String> granted) {
		// asked for each delivery of an event, most of which hide nothing from anybody
		if (this.authorities.isEmpty() || granted.containsAll(this.authorities)) {
			return Set.of();
		}
		Set<String> missing = new HashSet<>(this.authorities);
		missing.removeAll(granted);
		return missing;
	}

	/**
	 * Return whether a member of the type is shown.
	 * @param member its name in JSON
	 * @param granted the authorities granted
	 * @return {@code false} for a hidden member
	 */
	public boolean isVisible(String member, Set<String> granted) {
		return isVisible(this.tree.member(member), granted);
	}

	/**
	 * Leave out what is hidden. What is shown is copied byte by byte.
	 * @param payload the value with all its members
	 * @param granted the authorities granted
	 * @return the payload without the hidden members
	 * @throws PayloadException if the payload is no JSON
	 */
	public Payload show(Payload payload, Set<String> granted) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), payload.array(), payload.offset(),
				payload.length())) {
			Copy copy = new Copy(payload, parser, granted);
			parser.nextToken();
			copy.value(this.tree);
			byte[] bytes = copy.out.toByteArray();
			return Payload.wrap(bytes, 0, bytes.length);
		}
		catch (JacksonException ex) {
			throw new PayloadException("Hidden members cannot be left out", true, null);
		}
	}

	/**
	 * Leave out what is hidden from those who lack some authorities.
	 * @param payload the value with all its members
	 * @param missing the authorities lacked, as {@link #missing} returns them
	 * @return the payload itself if nothing is hidden, else one without the hidden
	 * members
	 * @throws PayloadException if the payload is no JSON
	 */
	public Payload hide(Payload payload, Set<String> missing) {
		return missing.isEmpty() ? payload : show(payload, missing(missing));
	}

	private static boolean isVisible(MemberTree.@Nullable Member member, Set<String> granted) {
		return member == null || member.authority().isEmpty() || granted.contains(member.authority());
	}

	/**
	 * One pass over a payload.
	 */
	private static final class Copy {

		private final ByteArrayOutputStream out;

		private final Payload payload;

		private final JsonParser parser;

		private final Set<String> granted;

		Copy(Payload payload, JsonParser parser, Set<String> granted) {
			this.out = new ByteArrayOutputStream(payload.length());
			this.payload = payload;
			this.parser = parser;
			this.granted = granted;
		}

		void value(MemberTree tree) {
			JsonToken token = this.parser.currentToken();
			if (token == JsonToken.START_OBJECT) {
				object(tree);
			}
			else if (token == JsonToken.START_ARRAY) {
				array(tree);
			}
			else {
				int start = start();
				this.parser.finishToken();
				copy(start, end());
			}
		}

		private void object(MemberTree tree) {
			char separator = '{';
			while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
				int start = start();
				String name = this.parser.currentName();
				MemberTree.Member member = tree.member(name);
				this.parser.nextToken();
				if (!tree.isMap() && !isVisible(member, this.granted)) {
					this.parser.skipChildren();
					continue;
				}
				this.out.write(separator);
				separator = ',';
				copy(start, start());
				MemberTree entries = tree.entries();
				value((entries != null) ? entries : (member != null) ? member.type() : MemberTrees.EMPTY);
			}
			if (separator == '{') {
				this.out.write('{');
			}
			this.out.write('}');
		}

		private void array(MemberTree tree) {
			this.out.write('[');
			boolean first = true;
			while (this.parser.nextToken() != JsonToken.END_ARRAY) {
				if (!first) {
					this.out.write(',');
				}
				first = false;
				value(tree);
			}
			this.out.write(']');
		}

		private int start() {
			return (int) this.parser.currentTokenLocation().getByteOffset();
		}

		private int end() {
			return (int) this.parser.currentLocation().getByteOffset();
		}

		private void copy(int start, int end) {
			this.out.write(this.payload.array(), this.payload.offset() + start, end - start);
		}

	}

}
