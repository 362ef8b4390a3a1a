package io.irpc.event;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.annotation.IrpcEvent;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Grammar;
import io.irpc.protocol.IrpcException;
import io.irpc.service.HelpCommandHandler;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The events that an application publishes. Those found at start are listed at once,
 * others from the moment they are first raised. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class EventTypeRegistry {

	private final Map<String, EventType> byName = new ConcurrentHashMap<>();

	private final Map<Class<?>, Optional<EventType>> byClass = new ConcurrentHashMap<>();

	private final PayloadConverter converter;

	/**
	 * Create a registry.
	 * @param converter converts events
	 * @param types the annotated classes known at start
	 * @throws IrpcConfigurationException if a name is not allowed or used twice
	 */
	public EventTypeRegistry(PayloadConverter converter, Collection<Class<?>> types) {
		this.converter = converter;
		types.forEach(this::find);
	}

	/**
	 * Return the events that are known now.
	 * @return the events, sorted by name
	 */
	public List<EventDeclaration> declarations() {
		return this.byName.values()
			.stream()
			.map((type) -> new EventDeclaration(type.name(), type.javaType(), type.remoteRaise()))
			.sorted(Comparator.comparing(EventDeclaration::name))
			.toList();
	}

	SortedSet<String> names() {
		return new TreeSet<>(this.byName.keySet());
	}

	/**
	 * Return the event that a command is about.
	 * @param command the command
	 * @return the event
	 * @throws IrpcException if it names none, or one that is not published
	 */
	EventType target(Command command) {
		String name = command.internal("ev");
		if (name == null) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "Command " + command.name() + " needs ev:NAME");
		}
		EventType type = find(name);
		if (type == null) {
			throw HelpCommandHandler.unknownEvent(name);
		}
		return type;
	}

	@Nullable EventType find(String name) {
		return this.byName.get(name);
	}

	@Nullable EventType find(Class<?> javaType) {
		Optional<EventType> known = this.byClass.get(javaType);
		if (known == null) {
			IrpcEvent annotation = AnnotatedElementUtils.findMergedAnnotation(javaType, IrpcEvent.class);
			known = Optional.ofNullable(annotation).map((event) -> register(event, javaType));
			this.byClass.put(javaType, known);
		}
		return known.orElse(null);
	}

	private EventType register(IrpcEvent event, Class<?> javaType) {
		if (!Grammar.isQualifiedName(event.value())) {
			throw new IrpcConfigurationException(
					"The name '" + event.value() + "' of the event " + javaType.getName()
							+ " is not allowed by the protocol: letters, digits and '_', parts joined by '.'",
					"Change the value of @IrpcEvent.");
		}
		EventType type = new EventType(event.value(), javaType, event.description(), event.remoteRaise(),
				this.converter.members(javaType), this.converter.reader(javaType), this.converter.visibility(javaType));
		EventType other = this.byName.putIfAbsent(type.name(), type);
		if (other != null && !other.javaType().isAssignableFrom(javaType)
				&& !javaType.isAssignableFrom(other.javaType())) {
			throw new IrpcConfigurationException("Two classes are published as the event " + type.name() + ": "
					+ other.javaType().getName() + " and " + javaType.getName(),
					"Give one of them another name with @IrpcEvent.");
		}
		return (other != null) ? other : type;
	}

}
