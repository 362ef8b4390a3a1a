package io.irpc.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks the server for by {@code callback} (protocol §5.2).
 *
 * @param name the name of the subscription
 * @param event the qualified name of the event
 * @param selection the arguments {@code where}, {@code addargs} and {@code rmargs}, as
 * far as there are any
 * @param start the arguments that say where it begins the first time
 * @param durable whether the server keeps the cursor
 * @param window how many firings may be unanswered
 */
record SubscriptionRequest(String name, String event, List<Argument> selection, List<Argument> start, boolean durable,
		int window) {

	private static final String INITIAL = "initial";

	private static final Payload TRUE = Payload.ofJson("true");

	/**
	 * Return whether events are asked for that were raised before.
	 * @return {@code true} if it does not just begin now
	 */
	boolean asksForPast() {
		return this.durable || !this.start.isEmpty();
	}

	/**
	 * Form the command that begins the subscription.
	 * @param resume the cursor to go on behind, {@code null} for the first time
	 * @param converter converts the cursor
	 * @return the command
	 */
	Command add(@Nullable String resume, PayloadConverter converter) {
		List<Argument> arguments = new ArrayList<>(this.selection);
		if (resume != null) {
			// the server may know of a later one, up to which nothing else has matched
			arguments.add(new Argument(this.durable ? "resume" : "since", converter.write(resume)));
		}
		else {
			arguments.addAll(this.start);
		}
		if (this.durable) {
			arguments.add(new Argument("durable", TRUE));
		}
		arguments.add(new Argument("window", Payload.ofJson(Integer.toString(this.window))));
		return command("add", true, arguments);
	}

	/**
	 * Form the command that ends the subscription on its session.
	 * @return the command
	 */
	Command end() {
		return this.durable ? command("stop", false, List.of()) : remove();
	}

	/**
	 * Form the command that ends the subscription for good.
	 * @return the command
	 */
	Command remove() {
		return command("remove", false, List.of());
	}

	/**
	 * Form the command that asks what would be replayed, without what each firing would
	 * have added.
	 * @return the command
	 */
	Command peek() {
		List<Argument> arguments = new ArrayList<>();
		this.selection.stream().filter((argument) -> "where".equals(argument.name())).forEach(arguments::add);
		this.start.stream().filter((argument) -> !INITIAL.equals(argument.name())).forEach(arguments::add);
		if (this.durable) {
			arguments.add(new Argument("durable", TRUE));
		}
		return command("peek", true, arguments);
	}

	private Command command(String action, boolean ofEvent, List<Argument> arguments) {
		Map<String, String> internals = new LinkedHashMap<>();
		internals.put(action, this.name);
		if (ofEvent) {
			internals.put("ev", this.event);
		}
		return new Command("callback", null, internals, List.copyOf(arguments));
	}

}
