package io.irpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.protocol.Argument;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a command by parameter (protocol §4): named ones by their name, the
 * others in order into the parameters that no named one took.
 *
 * @since 0.1.0
 */
public final class BoundArguments {

	private final @Nullable Payload[] values;

	private final List<String> unknown;

	private BoundArguments(@Nullable Payload[] values, List<String> unknown) {
		this.values = values;
		this.unknown = unknown;
	}

	/**
	 * Bind arguments.
	 * @param arguments the arguments in the order of the line
	 * @param parameters the names of the parameters in the order of their declaration
	 * @return the bound arguments
	 * @throws IrpcException if an argument is given twice
	 */
	public static BoundArguments bind(List<Argument> arguments, List<String> parameters) {
		return bind(arguments, parameters, Map.of());
	}

	/**
	 * Bind arguments some of which had other names once.
	 * @param arguments the arguments in the order of the line
	 * @param parameters the names of the parameters in the order of their declaration
	 * @param aliases names of parameters by their older names
	 * @return the bound arguments
	 * @throws IrpcException if an argument is given twice
	 */
	public static BoundArguments bind(List<Argument> arguments, List<String> parameters, Map<String, String> aliases) {
		@Nullable Payload[] values = new Payload[parameters.size()];
		List<String> unknown = new ArrayList<>(0);
		int positional = 0;
		for (Argument argument : arguments) {
			String name = argument.name();
			int index = (name != null) ? parameters.indexOf(aliases.getOrDefault(name, name)) : -1;
			if (name == null) {
				positional++;
			}
			else if (index < 0) {
				unknown.add(name);
			}
			else if (values[index] != null) {
				throw new IrpcException(ErrorCode.INVALID_ARGUMENT,
						"Argument " + parameters.get(index) + " is given twice");
			}
			else {
				values[index] = argument.value();
			}
		}
		if (positional > 0) {
			bindPositional(arguments, values, unknown);
		}
		return new BoundArguments(values, unknown);
	}

	private static void bindPositional(List<Argument> arguments, @Nullable Payload[] values, List<String> unknown) {
		int index = 0;
		int position = 0;
		for (Argument argument : arguments) {
			if (argument.name() != null) {
				continue;
			}
			position++;
			while (index < values.length && values[index] != null) {
				index++;
			}
			if (index < values.length) {
				values[index] = argument.value();
			}
			else {
				unknown.add("#" + position);
			}
		}
	}

	/**
	 * Return the argument of a parameter.
	 * @param parameter the index of the parameter
	 * @return the value, {@code null} if it is missing
	 */
	public @Nullable Payload get(int parameter) {
		return this.values[parameter];
	}

	/**
	 * Return the arguments that no parameter took.
	 * @return their names; {@code #2} is the second one given by position
	 */
	public List<String> unknown() {
		return this.unknown;
	}

}
