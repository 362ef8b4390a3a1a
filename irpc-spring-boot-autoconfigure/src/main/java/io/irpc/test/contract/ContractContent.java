package io.irpc.test.contract;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.irpc.payload.PayloadType;
import io.irpc.service.UnknownArguments;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a contract. Types have a definition for each direction, as what is read
 * and what is written may differ.
 *
 * @param unknownArguments what the server does about arguments that it does not know
 * @param functions the functions by name
 * @param events the events by name
 * @param argumentTypes the types that are received, by name
 * @param resultTypes the types that are sent, by name
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({ "unknownArguments", "functions", "events", "argumentTypes", "resultTypes" })
record ContractContent(@JsonProperty(required = true) UnknownArguments.Policy unknownArguments,
		@JsonProperty(required = true) SortedMap<String, Function> functions,
		@JsonProperty(required = true) SortedMap<String, Event> events,
		@JsonProperty(required = true) SortedMap<String, PayloadType> argumentTypes,
		@JsonProperty(required = true) SortedMap<String, PayloadType> resultTypes) {

	/**
	 * A function.
	 *
	 * @param aliases its older names, sorted
	 * @param arguments its arguments in the order of their declaration
	 * @param result the type of its value
	 * @param nullable whether the value may be {@code null}
	 */
	@JsonPropertyOrder({ "aliases", "arguments", "result", "nullable" })
	record Function(List<String> aliases, List<Argument> arguments, String result, boolean nullable) {

		// what is empty does not stand in the file
		@SuppressWarnings("NullAway")
		Function {
			aliases = Objects.requireNonNullElse(aliases, List.of());
			arguments = Objects.requireNonNullElse(arguments, List.of());
		}

	}

	/**
	 * An argument.
	 *
	 * @param name its name
	 * @param aliases its older names, sorted
	 * @param type its type
	 * @param required whether a call without it is refused
	 * @param nullable whether {@code null} is accepted
	 * @param defaultValue the JSON of its default, {@code null} for none
	 */
	@JsonPropertyOrder({ "name", "aliases", "type", "required", "nullable", "defaultValue" })
	record Argument(String name, List<String> aliases, String type, boolean required, boolean nullable,
			@Nullable String defaultValue) {

		@SuppressWarnings("NullAway")
		Argument {
			aliases = Objects.requireNonNullElse(aliases, List.of());
		}

		boolean isNamed(String other) {
			return this.name.equals(other) || this.aliases.contains(other);
		}

	}

	/**
	 * An event.
	 *
	 * @param type the type of its members as they are sent
	 * @param raisedWith the type of its members as peers may raise it with, {@code null}
	 * if they may not
	 */
	@JsonPropertyOrder({ "type", "raisedWith" })
	record Event(String type, @Nullable String raisedWith) {

	}

}
