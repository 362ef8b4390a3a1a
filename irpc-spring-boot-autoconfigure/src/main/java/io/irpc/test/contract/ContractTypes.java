package io.irpc.test.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

import io.irpc.payload.PayloadType;
import io.irpc.payload.PayloadType.EnumType;
import io.irpc.payload.PayloadType.Member;
import io.irpc.payload.PayloadType.ObjectType;
import io.irpc.payload.PayloadType.VariantsType;
import org.jspecify.annotations.Nullable;

/**
 * Compares the types of one direction: whether who reads the one understands who writes
 * the other. Names of types do not count, as they do not stand in messages.
 */
final class ContractTypes {

	static final String STREAM = "stream of ";

	private static final String LIST = "list of ";

	private static final String MAP = "map of ";

	/**
	 * What is understood where another scalar is expected.
	 */
	private static final Map<String, Set<String>> WIDER = Map.of("int8",
			Set.of("int16", "int32", "int64", "integer", "float", "double", "decimal"), "int16",
			Set.of("int32", "int64", "integer", "float", "double", "decimal"), "int32",
			Set.of("int64", "integer", "double", "decimal"), "int64", Set.of("integer", "decimal"), "integer",
			Set.of("decimal"), "float", Set.of("double", "decimal"), "double", Set.of("decimal"));

	private static final List<String> NO_TEXT = List.of("boolean", "nothing", "int8", "int16", "int32", "int64",
			"integer", "float", "double", "decimal");

	private final Direction direction;

	private final SortedMap<String, PayloadType> written;

	private final SortedMap<String, PayloadType> read;

	private final Consumer<String> breaks;

	private final Set<String> compared = new HashSet<>();

	/**
	 * Create a comparison.
	 * @param direction which end has changed
	 * @param before the types before
	 * @param after the types now
	 * @param breaks told of what is not understood
	 */
	ContractTypes(Direction direction, SortedMap<String, PayloadType> before, SortedMap<String, PayloadType> after,
			Consumer<String> breaks) {
		this.direction = direction;
		boolean arguments = direction == Direction.ARGUMENTS;
		this.written = arguments ? before : after;
		this.read = arguments ? after : before;
		this.breaks = breaks;
	}

	void compare(String path, String before, String after) {
		if (this.direction == Direction.ARGUMENTS) {
			check(path, before, after);
		}
		else {
			check(path, after, before);
		}
	}

	private void check(String path, String sent, String expected) {
		if (expected.equals("any")) {
			return;
		}
		for (String prefix : List.of(LIST, STREAM)) {
			if (sent.startsWith(prefix) && expected.startsWith(prefix)) {
				check(path + "[]", sent.substring(prefix.length()), expected.substring(prefix.length()));
				return;
			}
		}
		if (sent.startsWith(MAP) && expected.startsWith(MAP)) {
			check(path + "[key]", key(sent), key(expected));
			check(path + "[]", value(sent), value(expected));
			return;
		}
		PayloadType from = this.written.get(sent);
		PayloadType to = this.read.get(expected);
		if (from != null && to != null) {
			if (this.compared.add(sent + " as " + expected)) {
				check(path, sent, from, expected, to);
			}
		}
		else if (!isUnderstood(sent, from, expected, to)) {
			differ(path, sent, expected);
		}
	}

	private static boolean isUnderstood(String sent, @Nullable PayloadType from, String expected,
			@Nullable PayloadType to) {
		if (expected.equals("string")) {
			boolean structured = sent.startsWith(LIST) || sent.startsWith(MAP) || sent.startsWith(STREAM)
					|| sent.equals("any");
			return (from != null) ? from instanceof EnumType : !structured && !NO_TEXT.contains(sent);
		}
		return from == null && to == null
				&& (sent.equals(expected) || WIDER.getOrDefault(sent, Set.of()).contains(expected));
	}

	private void check(String path, String sent, PayloadType from, String expected, PayloadType to) {
		if (from instanceof EnumType sender && to instanceof EnumType receiver) {
			constants(path, sender, receiver);
		}
		else if (from instanceof ObjectType sender && to instanceof ObjectType receiver) {
			receiver.members().forEach((name, member) -> member(path, name, sender.members().get(name), member));
		}
		else if (from instanceof VariantsType sender && to instanceof VariantsType receiver
				&& sender.discriminator().equals(receiver.discriminator())) {
			sender.variants().forEach((name, type) -> {
				String other = receiver.variants().get(name);
				if (other != null) {
					check(path + "(" + name + ")", type, other);
				}
				else {
					unknown(path, "variant " + name);
				}
			});
		}
		else {
			differ(path, sent, expected);
		}
	}

	private void constants(String path, EnumType sender, EnumType receiver) {
		if (receiver.fallback() == null) {
			sender.constants()
				.stream()
				.filter((constant) -> !receiver.constants().contains(constant))
				.forEach((constant) -> unknown(path, "constant " + constant));
		}
	}

	private void member(String path, String name, @Nullable Member sent, Member expected) {
		String place = path + ": member " + name;
		if (this.direction == Direction.ARGUMENTS) {
			if (expected.required() && (sent == null || !sent.required())) {
				this.breaks.accept(place + ((sent != null) ? " is required now" : " has been added and is required"));
			}
		}
		else if (sent == null) {
			this.breaks.accept(place + " has been removed");
		}
		else if (sent.authority() != null && !sent.authority().equals(expected.authority())) {
			this.breaks.accept(place + " is hidden now from who lacks the authority " + sent.authority());
		}
		if (sent != null) {
			check(path + "." + name, sent.type(), expected.type());
		}
	}

	private void unknown(String path, String what) {
		this.breaks.accept(path + ": " + what + ((this.direction == Direction.ARGUMENTS) ? " has been removed"
				: " has been added, which old clients cannot read"));
	}

	private void differ(String path, String sent, String expected) {
		this.breaks.accept(path + ": "
				+ ((this.direction == Direction.ARGUMENTS)
						? "type " + sent + " has become " + expected + ", which does not accept all of it"
						: "type " + expected + " has become " + sent + ", which old clients cannot read"));
	}

	private static String key(String map) {
		return map.substring(MAP.length(), map.indexOf(" to "));
	}

	private static String value(String map) {
		return map.substring(map.indexOf(" to ") + " to ".length());
	}

	/**
	 * Which way values go.
	 */
	enum Direction {

		/**
		 * From old clients to the new server.
		 */
		ARGUMENTS,

		/**
		 * From the new server to old clients.
		 */
		RESULTS

	}

}
