package io.irpc.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.Argument;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.service.HelpCommandHandler;
import io.irpc.service.PublishedEvents;
import io.irpc.session.BoundArguments;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Lets peers ask for events and raise those that allow it (protocol §3).
 *
 * @since 0.1.0
 */
public final class RemoteEvents implements PublishedEvents {

	private final EventTypeRegistry types;

	private final PayloadConverter converter;

	private final ApplicationEventPublisher publisher;

	/**
	 * Create an instance.
	 * @param types the published events
	 * @param converter converts arguments
	 * @param publisher publishes the events that peers raise
	 */
	public RemoteEvents(EventTypeRegistry types, PayloadConverter converter, ApplicationEventPublisher publisher) {
		this.types = types;
		this.converter = converter;
		this.publisher = publisher;
	}

	@Override
	public SortedSet<String> names() {
		return this.types.names();
	}

	@Override
	public @Nullable String help(String event, Set<String> authorities) {
		EventType type = this.types.find(event);
		return (type != null) ? HelpCommandHandler.text(type.signature(authorities), type.description()) : null;
	}

	@Override
	public void raise(String event, Invocation invocation) {
		EventType type = this.types.find(event);
		if (type == null) {
			throw HelpCommandHandler.unknownEvent(event);
		}
		if (!type.remoteRaise()) {
			throw new IrpcException(ErrorCode.PERMISSION_DENIED, "Event " + event + " cannot be raised by a call");
		}
		boolean sensitive = type.reader().isSensitive();
		if (sensitive) {
			invocation.markSensitive();
		}
		Object value;
		try {
			value = type.reader().read(toObject(type, invocation.command().arguments()));
		}
		catch (PayloadException ex) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Event " + event + ": " + ex.getMessage(),
					sensitive ? null : ex);
		}
		if (value != null) {
			this.publisher.publishEvent(value);
		}
	}

	private Payload toObject(EventType type, List<Argument> arguments) {
		BoundArguments bound = BoundArguments.bind(arguments, type.members());
		Map<String, @Nullable JsonNode> members = new LinkedHashMap<>();
		for (int i = 0; i < type.members().size(); i++) {
			Payload value = bound.get(i);
			if (value != null) {
				// parsed one by one, so that a text like 1,"other":2 cannot pass for one
				// value
				members.put(type.members().get(i), this.converter.read(value, JsonNode.class));
			}
		}
		return this.converter.write(members);
	}

}
