package io.irpc.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadMembers;
import io.irpc.protocol.Argument;
import io.irpc.protocol.EncodedArguments;
import io.irpc.protocol.Grammar;
import io.irpc.protocol.MessageEncoder;

/**
 * How the members of an event become the arguments of a firing (protocol §5.2). Those
 * whose names the grammar does not allow come together as one object without a name.
 *
 * @param added constant arguments, which take the place of members of their names
 * @param removed the names of members that are left out
 */
record FiringShape(Map<String, Payload> added, Set<String> removed) {

	EncodedArguments encode(Payload event) {
		List<Argument> arguments = new ArrayList<>();
		Map<String, Payload> unnameable = new LinkedHashMap<>();
		PayloadMembers.of(event).forEach((name, value) -> {
			if (this.removed.contains(name) || this.added.containsKey(name)) {
				return;
			}
			if (Grammar.isIdentifier(name)) {
				arguments.add(new Argument(name, value));
			}
			else {
				unnameable.put(name, value);
			}
		});
		this.added.forEach((name, value) -> arguments.add(new Argument(name, value)));
		if (!unnameable.isEmpty()) {
			arguments.add(new Argument(null, PayloadMembers.toObject(unnameable)));
		}
		return MessageEncoder.encode(arguments);
	}

}
