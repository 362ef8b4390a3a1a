package io.irpc.protocol;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A command (protocol §2).
 *
 * @param name the name of the command, such as {@code call}
 * @param id the id that the response carries; {@code null} for a command without one, the
 * empty string if the receiver is to pick it
 * @param internals the parameters that configure the command, by name
 * @param arguments the arguments in the order of the line
 * @since 0.1.0
 */
public record Command(String name, @Nullable String id, Map<String, String> internals,
		List<Argument> arguments) implements IrpcMessage {

	/**
	 * Return a parameter that configures the command.
	 * @param internal its name, such as {@code fn}
	 * @return its raw value, {@code null} if it is missing
	 */
	public @Nullable String internal(String internal) {
		return this.internals.get(internal);
	}

	/**
	 * Return the same command with another id.
	 * @param newId the id
	 * @return the command
	 */
	public Command withId(String newId) {
		return new Command(this.name, newId, this.internals, this.arguments);
	}

	/**
	 * Describes the command by names, without values, which may be confidential.
	 */
	@Override
	public String toString() {
		return "Command[name=" + this.name + ", id=" + this.id + ", internals=" + this.internals.keySet()
				+ ", arguments=" + this.arguments + "]";
	}

}
