package io.irpc.actuate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.irpc.actuate.FunctionUse.ClientUse;
import io.irpc.server.Exposure;
import io.irpc.server.ExposureTable;
import io.irpc.service.Access.Kind;
import io.irpc.service.AccessRule;
import io.irpc.service.FunctionArgument;
import io.irpc.service.ServiceMethod;
import io.irpc.service.ServiceMethodRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Tells which functions and events there are, who may use them, and who has used them
 * last.
 *
 * @since 0.1.0
 */
public final class ServicesPart implements EndpointPart {

	static final String NAME = "services";

	private final ServiceMethodRegistry functions;

	private final ExposureTable exposure;

	private final FunctionUses uses;

	/**
	 * Create a part.
	 * @param functions the functions
	 * @param exposure knows who reaches what
	 * @param uses knows who has used what
	 */
	public ServicesPart(ServiceMethodRegistry functions, ExposureTable exposure, FunctionUses uses) {
		this.functions = functions;
		this.exposure = exposure;
		this.uses = uses;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, Object> summary() {
		List<Exposure> rows = this.exposure.rows();
		long functionCount = rows.stream().filter((row) -> row.access().kind() == Kind.FUNCTION).count();
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("functions", functionCount);
		result.put("events", rows.size() - functionCount);
		return result;
	}

	@Override
	public OperationResponseBody read(Disclosure disclosure) {
		List<Function> described = new ArrayList<>();
		List<Event> events = new ArrayList<>();
		Set<String> listeners = new LinkedHashSet<>();
		for (Exposure row : this.exposure.rows()) {
			String name = row.access().name();
			listeners.addAll(row.listeners());
			if (row.access().kind() == Kind.FUNCTION) {
				described.add(describe(Objects.requireNonNull(this.functions.find(name)), row.rule()));
			}
			else {
				events.add(new Event(name, row.rule()));
			}
		}
		return new Services(listeners, this.uses.since(), described, events);
	}

	private Function describe(ServiceMethod function, AccessRule rule) {
		Optional<FunctionUse> use = this.uses.find(function.name());
		return new Function(function.name(), function.aliases(),
				function.description().isEmpty() ? null : function.description(), rule,
				use.map(FunctionUse::lastUsed).orElse(null),
				function.describeArguments().stream().map((argument) -> describe(argument, use)).toList(),
				use.map(FunctionUse::clients).orElse(List.of()), use.map(FunctionUse::forgottenClients).orElse(0L));
	}

	private static Parameter describe(FunctionArgument argument, Optional<FunctionUse> use) {
		return new Parameter(argument.name(), argument.aliases(), argument.required(),
				use.map((known) -> known.lastUsed(argument.name())).orElse(null));
	}

	/**
	 * What is told of all functions and events.
	 *
	 * @param listeners the addresses that they are reached on
	 * @param usesSince since when uses are remembered
	 * @param functions the functions
	 * @param events the events
	 */
	record Services(Set<String> listeners, Instant usesSince, List<Function> functions,
			List<Event> events) implements OperationResponseBody {

	}

	/**
	 * What is told of a function.
	 *
	 * @param name its name
	 * @param aliases its older names
	 * @param description its documentation, {@code null} for none
	 * @param access who may use it
	 * @param lastUsed when it was used, {@code null} for never
	 * @param arguments its arguments
	 * @param clients who has used it, the last one first
	 * @param forgottenClients how many clients were forgotten to make room for others
	 */
	record Function(String name, List<String> aliases, @Nullable String description, AccessRule access,
			@Nullable Instant lastUsed, List<Parameter> arguments, List<ClientUse> clients, long forgottenClients) {

	}

	/**
	 * What is told of an argument.
	 *
	 * @param name its name
	 * @param aliases its older names
	 * @param required whether a call without it is refused
	 * @param lastUsed when it was used, {@code null} for never
	 */
	record Parameter(String name, List<String> aliases, boolean required, @Nullable Instant lastUsed) {

	}

	/**
	 * What is told of an event.
	 *
	 * @param name its name
	 * @param access who may subscribe to it
	 */
	record Event(String name, AccessRule access) {

	}

}
