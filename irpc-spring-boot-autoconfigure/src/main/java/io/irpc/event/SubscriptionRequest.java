package io.irpc.event;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadFilter;
import io.irpc.payload.PayloadMembers;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Grammar;
import io.irpc.protocol.IrpcException;
import io.irpc.session.BoundArguments;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of {@code callback}, checked (protocol §5.2).
 *
 * @param where the filter, {@code null} for none
 * @param shape how to form firings
 * @param since where to begin, {@code null} if it is not said
 * @param last how many of the newest entries to begin with, {@code null} if it is not
 * said
 * @param resume where the subscriber has got to, {@code null} if it is not said
 * @param initial where to begin if no cursor is known, {@code null} if it is not said
 * @param durable whether the server remembers the cursor
 * @param window how many firings may be unacknowledged
 * @param by the path of the member to group by, {@code null} for none
 */
record SubscriptionRequest(@Nullable PayloadFilter where, FiringShape shape, @Nullable String since,
		@Nullable Integer last, @Nullable String resume, @Nullable String initial, boolean durable, int window,
		@Nullable String by) {

	private static final int DEFAULT_WINDOW = 256;

	private static final int MAX_LENGTH = 4096;

	private static final Pattern PATH = Pattern.compile("[^.]+(\\.[^.]+)*");

	private static final List<String> PARAMETERS = List.of("where", "addargs", "rmargs", "since", "last", "durable",
			"window", "resume", "initial", "by");

	static SubscriptionRequest of(Command command, PayloadConverter converter) {
		Reader reader = new Reader(BoundArguments.bind(command.arguments(), PARAMETERS), converter);
		Payload filter = reader.payload("where");
		SubscriptionRequest request = new SubscriptionRequest(
				(filter != null) ? reader.checked("where", () -> PayloadFilter.of(filter, converter)) : null,
				new FiringShape(reader.added(), reader.removed()), reader.read("since", String.class),
				reader.positive("last"), reader.read("resume", String.class), reader.read("initial", String.class),
				Boolean.TRUE.equals(reader.read("durable", Boolean.class)), reader.window(),
				reader.read("by", String.class));
		if (request.by != null && !PATH.matcher(request.by).matches()) {
			throw invalid("by", "expected a path of names joined by dots", null);
		}
		if (request.since != null && request.last != null) {
			throw invalid("last", "not together with since", null);
		}
		return request;
	}

	private static IrpcException invalid(String argument, String problem, @Nullable Throwable cause) {
		return new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument " + argument + ": " + problem, cause);
	}

	/**
	 * Reads one argument after the other.
	 */
	private record Reader(BoundArguments arguments, PayloadConverter converter) {

		@Nullable Payload payload(String name) {
			Payload value = this.arguments.get(PARAMETERS.indexOf(name));
			return (value == null || value.isNull()) ? null : value;
		}

		// the subscription keeps it
		private @Nullable Payload bounded(String name) {
			Payload value = payload(name);
			if (value != null && value.length() > MAX_LENGTH) {
				throw invalid(name, "too long: " + value.length() + " bytes (expected: <= " + MAX_LENGTH + ")", null);
			}
			return value;
		}

		@SuppressWarnings("TypeParameterUnusedInFormals")
		<T> @Nullable T read(String name, Type type) {
			Payload value = payload(name);
			return (value != null) ? checked(name, () -> this.converter.<T>read(value, type)) : null;
		}

		@Nullable Integer positive(String name) {
			Integer value = read(name, Integer.class);
			if (value != null && value <= 0) {
				throw invalid(name, value + " (expected: a number above 0)", null);
			}
			return value;
		}

		int window() {
			Integer value = positive("window");
			return (value != null) ? value : DEFAULT_WINDOW;
		}

		Map<String, Payload> added() {
			Payload value = bounded("addargs");
			if (value == null) {
				return Map.of();
			}
			// read as a whole, as the parts are not looked into again
			checked("addargs", () -> this.converter.<JsonNode>read(value, JsonNode.class));
			Map<String, Payload> added = Objects.requireNonNull(checked("addargs", () -> PayloadMembers.of(value)));
			added.keySet().forEach((name) -> requireIdentifier("addargs", name));
			return added;
		}

		Set<String> removed() {
			bounded("rmargs");
			String[] value = read("rmargs", String[].class);
			if (value == null) {
				return Set.of();
			}
			for (String name : value) {
				requireIdentifier("rmargs", name);
			}
			return Set.of(value);
		}

		private static void requireIdentifier(String argument, @Nullable String name) {
			if (name == null || !Grammar.isIdentifier(name)) {
				throw invalid(argument, "expected names of arguments: letters, digits and '_', beginning with a letter",
						null);
			}
		}

		<T> @Nullable T checked(String name, Checked<T> source) {
			try {
				return source.get();
			}
			catch (PayloadException ex) {
				throw invalid(name, String.valueOf(ex.getMessage()), ex);
			}
		}

	}

	@FunctionalInterface
	private interface Checked<T> {

		@Nullable T get();

	}

}
