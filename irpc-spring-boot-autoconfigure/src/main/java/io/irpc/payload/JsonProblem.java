package io.irpc.payload;

import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Words for people from Jackson's exceptions, whose own texts name Java types.
 */
final class JsonProblem {

	private JsonProblem() {
	}

	/**
	 * Describe a problem.
	 * @param ex what Jackson says of it, with pieces of the value
	 * @param sensitive what must not be told, {@code null} if there is nothing
	 * @return the problem, without a cause if something must not be told
	 */
	static PayloadException describe(JacksonException ex, @Nullable MemberTree sensitive) {
		Throwable cause = (sensitive != null) ? null : ex;
		if (ex instanceof StreamConstraintsException) {
			return new PayloadException("JSON beyond the limits (depth 64, numbers 64 digits, names 256 characters)",
					true, cause);
		}
		String at = at(ex, sensitive);
		if (ex instanceof InputCoercionException) {
			return new PayloadException(at + "number out of range", false, cause);
		}
		if (ex instanceof StreamReadException) {
			return new PayloadException("malformed JSON or a duplicate member near byte " + byteOffset(ex), true,
					cause);
		}
		if (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return new PayloadException(at + "expected " + expected(mismatch.getTargetType()), false, cause);
		}
		return new PayloadException(at + "not a value of the expected type", false, cause);
	}

	private static long byteOffset(JacksonException ex) {
		return (ex.getLocation() != null) ? Math.max(0, ex.getLocation().getByteOffset()) : 0;
	}

	// ends at a sensitive member: what is below may be a key, which is a value as well
	private static String at(JacksonException ex, @Nullable MemberTree sensitive) {
		StringBuilder path = new StringBuilder();
		MemberTree tree = sensitive;
		for (JacksonException.Reference reference : ex.getPath()) {
			String name = reference.getPropertyName();
			if (name == null) {
				path.append('[').append(reference.getIndex()).append(']');
				continue;
			}
			if (tree != null && tree.entries() != null) {
				path.append("[*]");
				tree = tree.entries();
				continue;
			}
			MemberTree.Member member = (tree != null) ? tree.member(name) : null;
			if (tree != null && member == null) {
				break;
			}
			path.append((path.length() > 0) ? "." : "").append(name);
			if (member != null) {
				if (member.sensitive()) {
					break;
				}
				tree = member.type();
			}
		}
		return (path.length() > 0) ? path + ": " : "";
	}

	private static String expected(@Nullable Class<?> type) {
		if (type == null) {
			return "another type";
		}
		if (type.isEnum()) {
			return "one of " + Arrays.toString(type.getEnumConstants());
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
