package io.irpc.payload;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.ObjectReader;

/**
 * The prepared conversion from JSON to one type. Safe for use by many threads.
 *
 * @param <T> the type of the values
 * @since 0.1.0
 */
public final class PayloadReader<T> {

	private final ObjectReader reader;

	private final Supplier<MemberTree> tree;

	private final Function<Class<?>, List<String>> constants;

	private final Shortcut<T> shortcut;

	private final boolean whole;

	PayloadReader(ObjectReader reader, Supplier<MemberTree> tree, Function<Class<?>, List<String>> constants,
			Shortcut<T> shortcut) {
		this(reader, tree, constants, shortcut, false);
	}

	private PayloadReader(ObjectReader reader, Supplier<MemberTree> tree, Function<Class<?>, List<String>> constants,
			Shortcut<T> shortcut, boolean whole) {
		this.reader = reader;
		this.shortcut = shortcut;
		this.tree = tree;
		this.constants = constants;
		this.whole = whole;
	}

	/**
	 * Return the same conversion for values that are sensitive as a whole.
	 * @return the reader
	 */
	public PayloadReader<T> sensitive() {
		return new PayloadReader<>(this.reader, this.tree, this.constants, Shortcut.none(), true);
	}

	/**
	 * Return whether something in the values must not be told.
	 * @return {@code true} if the payloads must not stand in a text
	 */
	public boolean isSensitive() {
		return this.whole || this.tree.get().isSensitive();
	}

	/**
	 * Convert one payload.
	 * @param payload the JSON
	 * @return the value, {@code null} for JSON {@code null}
	 * @throws PayloadException if the JSON is malformed, breaks a limit or is not of the
	 * type
	 */
	public @Nullable T read(Payload payload) {
		T found = this.shortcut.find(payload);
		return (found != null) ? found : this.shortcut.keep(payload, convert(payload));
	}

	private @Nullable T convert(Payload payload) {
		ExponentLimit.check(payload);
		try {
			return this.reader.readValue(payload.array(), payload.offset(), payload.length());
		}
		catch (JacksonException ex) {
			throw problem((ex instanceof StreamReadException) ? ex : malformed(payload).orElse(ex));
		}
	}

	private PayloadException problem(JacksonException ex) {
		if (this.whole) {
			return JsonProblem.describe(ex, MemberTrees.EMPTY, this.constants);
		}
		return JsonProblem.describe(ex, isSensitive() ? this.tree.get() : null, this.constants);
	}

	// Jackson tells what is no JSON value, or is followed by something, like a value of
	// another type
	private Optional<JacksonException> malformed(Payload payload) {
		try (JsonParser parser = this.reader.createParser(payload.array(), payload.offset(), payload.length())) {
			require(parser.nextToken() != null, "no JSON value");
			parser.skipChildren();
			require(parser.nextToken() == null, "more than one JSON value");
			return Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.of(ex);
		}
	}

	private static void require(boolean valid, String problem) {
		if (!valid) {
			throw new PayloadException(problem, true, null);
		}
	}

}
