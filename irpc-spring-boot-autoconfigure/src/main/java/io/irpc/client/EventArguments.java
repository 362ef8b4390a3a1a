package io.irpc.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadFilter;
import io.irpc.payload.PayloadMembers;
import io.irpc.protocol.Argument;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of an event as one object, from a firing of either kind.
 *
 * @param filter what an event must meet, {@code null} for nothing
 * @param added constant arguments
 * @param removed the names of arguments that are left out
 * @param converter converts events for the filter
 */
record EventArguments(@Nullable PayloadFilter filter, Map<String, Payload> added, List<String> removed,
		PayloadConverter converter) {

	/**
	 * Put the arguments of a firing together. Those whose names the grammar does not
	 * allow come as one object without a name.
	 * @param arguments the arguments of the firing
	 * @return the object
	 */
	static Payload join(List<Argument> arguments) {
		Map<String, Payload> members = new LinkedHashMap<>();
		for (Argument argument : arguments) {
			if (argument.name() != null) {
				members.put(argument.name(), argument.value());
			}
			else {
				members.putAll(PayloadMembers.of(argument.value()));
			}
		}
		return PayloadMembers.toObject(members);
	}

	/**
	 * Do what a server does that knows {@code callback}, for one that does not.
	 * @param event all arguments of the event
	 * @return those of the firing, {@code null} if the event is not selected
	 */
	@Nullable Payload select(Payload event) {
		if (this.filter != null) {
			JsonNode node = this.converter.read(event, JsonNode.class);
			if (node == null || !this.filter.matches(node)) {
				return null;
			}
		}
		if (this.added.isEmpty() && this.removed.isEmpty()) {
			return event;
		}
		Map<String, Payload> members = new LinkedHashMap<>(PayloadMembers.of(event));
		members.keySet().removeAll(this.removed);
		members.putAll(this.added);
		return PayloadMembers.toObject(members);
	}

}
