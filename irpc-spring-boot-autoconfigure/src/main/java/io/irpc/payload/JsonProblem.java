package io.irpc.payload;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Words for people from Jackson's exceptions, whose own texts name Java types.
 */
final class JsonProblem {

	private static final int MAX_CONSTANTS = 32;

	/**
	 * What may be told of a text that is no constant: a peer of another version has sent
	 * its name. Anything else is not told.
	 */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

	private JsonProblem() {
	}

	/**
	 * Describe a problem.
	 * @param ex what Jackson says of it, with pieces of the value
	 * @param sensitive what must not be told, {@code null} if there is nothing
	 * @param constants returns the constants of an enum as they stand in JSON
	 * @return the problem, without a cause if something must not be told
	 */
	static PayloadException describe(JacksonException ex, @Nullable MemberTree sensitive,
			Function<Class<?>, List<String>> constants) {
		Throwable cause = (sensitive != null) ? null : ex;
		if (ex instanceof StreamConstraintsException) {
			return new PayloadException("JSON beyond the limits (depth 64, numbers 64 digits, names 256 characters)",
					true, cause);
		}
		String at = at(ex, sensitive);
		if (ex instanceof InputCoercionException) {
			return new PayloadException(at + "number out of range" + range(ex), false, cause);
		}
		if (ex instanceof StreamReadException) {
			return new PayloadException("malformed JSON or a duplicate member near byte " + byteOffset(ex), true,
					cause);
		}
		if (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			if (mismatch.getCurrentToken() == JsonToken.END_OBJECT) {
				// the object is over: a member that must be there has not come
				return new PayloadException(at + "is missing", false, cause);
			}
			if (mismatch.getTargetType().isEnum()) {
				return new PayloadException(
						at + notAConstant(mismatch, sensitive, constants.apply(mismatch.getTargetType())), false,
						cause);
			}
			return new PayloadException(at + "expected " + expected(mismatch.getTargetType()), false, cause);
		}
		return new PayloadException(at + "not a value of the expected type", false, cause);
	}

	private static String notAConstant(MismatchedInputException ex, @Nullable MemberTree sensitive,
			List<String> constants) {
		if (constants.isEmpty()) {
			return "not a value of the expected type";
		}
		String expected = constants.stream().limit(MAX_CONSTANTS).collect(Collectors.joining(", "))
				+ ((constants.size() > MAX_CONSTANTS) ? ", … (" + constants.size() + " in all)" : "");
		boolean told = sensitive == null && ex instanceof InvalidFormatException format
				&& format.getValue() instanceof String text && NAME.matcher(text).matches();
		return told ? "\"" + ((InvalidFormatException) ex).getValue() + "\" is not one of " + expected
				: "expected one of " + expected;
	}

	private static String range(JacksonException ex) {
		Class<?> type = (ex instanceof InputCoercionException coercion) ? coercion.getTargetType() : null;
		if (type == int.class || type == Integer.class) {
			return " (expected: " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE + ")";
		}
		if (type == long.class || type == Long.class) {
			return " (expected: " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ")";
		}
		return "";
	}

	private static long byteOffset(JacksonException ex) {
		return (ex.getLocation() != null) ? Math.max(0, ex.getLocation().getByteOffset()) : 0;
	}

	// ends at a sensitive member: what is below may be a key, which is a value as well
	private static String at(JacksonException ex, @Nullable MemberTree sensitive) {
		StringBuilder path = new StringBuilder();
		MemberTree tree = sensitive;
		boolean index = false;
		for (JacksonException.Reference reference : ex.getPath()) {
			String name = reference.getPropertyName();
			if (name == null) {
				path.append('[').append(reference.getIndex()).append(']');
				index = true;
				continue;
			}
			if (tree != null && tree.entries() != null) {
				path.append("[*]");
				tree = tree.entries();
				index = true;
				continue;
			}
			MemberTree.Member member = (tree != null) ? tree.member(name) : null;
			if (tree != null && member == null) {
				break;
			}
			path.append((path.length() > 0) ? "." : "").append(name);
			index = false;
			if (member != null) {
				if (member.sensitive()) {
					break;
				}
				tree = member.type();
			}
		}
		return (path.length() > 0) ? (index ? "element " : "member ") + path + ": " : "";
	}

	private static String expected(@Nullable Class<?> type) {
		if (type == null) {
			return "another type";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		if (type == char.class || type == Character.class) {
			return "a string of one character";
		}
		if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
			boolean fraction = type == double.class || type == float.class || type == Double.class
					|| type == Float.class || type.getSimpleName().equals("BigDecimal");
			return fraction ? "a number" : "a whole number";
		}
		if (CharSequence.class.isAssignableFrom(type)) {
			return "a string";
		}
		if (Temporal.class.isAssignableFrom(type) || type.getName().startsWith("java.time.")) {
			return "an ISO-8601 " + type.getSimpleName();
		}
		if (type.isArray() || Collection.class.isAssignableFrom(type)) {
			return "an array";
		}
		if (Map.class.isAssignableFrom(type) || !type.getName().startsWith("java.")) {
			return "an object";
		}
		return "a " + type.getSimpleName();
	}

}
