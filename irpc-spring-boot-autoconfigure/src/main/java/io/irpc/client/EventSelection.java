package io.irpc.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadFilter;
import io.irpc.payload.PayloadMembers;
import io.irpc.protocol.Argument;

import org.springframework.util.Assert;

/**
 * Collects which events a subscription selects, and which of their arguments.
 */
final class EventSelection {

	private final PayloadConverter converter;

	private final Map<String, Object> where = new LinkedHashMap<>();

	private final Map<String, Payload> added = new LinkedHashMap<>();

	private final List<String> removed = new ArrayList<>();

	EventSelection(PayloadConverter converter) {
		this.converter = converter;
	}

	void where(Map<String, ?> conditions) {
		conditions.forEach((key, operand) -> Assert.isTrue(this.where.putIfAbsent(key, operand) == null,
				() -> "There are two conditions " + key + " (expected: one of each path and operator)"));
	}

	void add(Map<String, ?> arguments) {
		arguments.forEach((argument, value) -> this.added.put(argument, this.converter.write(value)));
	}

	void remove(List<String> names) {
		this.removed.addAll(names);
	}

	/**
	 * Return what the server is told.
	 * @return the arguments of {@code callback}
	 */
	List<Argument> toArguments() {
		List<Argument> arguments = new ArrayList<>();
		if (!this.where.isEmpty()) {
			arguments.add(new Argument("where", this.converter.write(this.where)));
		}
		if (!this.added.isEmpty()) {
			arguments.add(new Argument("addargs", PayloadMembers.toObject(this.added)));
		}
		if (!this.removed.isEmpty()) {
			arguments.add(new Argument("rmargs", this.converter.write(this.removed)));
		}
		return arguments;
	}

	/**
	 * Return what selects where the server does not.
	 * @return the selection
	 * @throws IllegalArgumentException if the conditions are not valid
	 */
	EventArguments compile() {
		try {
			return new EventArguments(
					this.where.isEmpty() ? null : PayloadFilter.of(this.converter.write(this.where), this.converter),
					Map.copyOf(this.added), List.copyOf(this.removed), this.converter);
		}
		catch (PayloadException ex) {
			throw new IllegalArgumentException("The conditions of the subscription are not valid: " + ex.getMessage(),
					ex);
		}
	}

}
