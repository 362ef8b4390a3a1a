package io.irpc.actuate;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.protocol.Command;
import io.irpc.service.ServiceMethod;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.session.Invocation;
import io.irpc.session.InvocationInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

/**
 * Remembers when each function was used last, with which arguments and by which clients.
 * What is refused before it reaches a function is no use of it. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class FunctionUses implements InvocationInterceptor, Ordered {

	private final Map<String, FunctionUse> uses = new ConcurrentHashMap<>();

	private final ServiceMethodRegistry functions;

	private final InstantSource clock;

	private final Instant since;

	/**
	 * Create an instance that remembers nothing yet.
	 * @param functions the functions
	 * @param clock tells the time
	 */
	public FunctionUses(ServiceMethodRegistry functions, InstantSource clock) {
		this.functions = functions;
		this.clock = clock;
		this.since = now();
	}

	@Override
	public @Nullable Object intercept(Invocation invocation, Chain chain) throws Exception {
		Command command = invocation.command();
		String name = command.name().equals("call") ? command.internal("fn") : null;
		ServiceMethod function = (name != null) ? this.functions.find(name) : null;
		if (name != null && function != null) {
			this.uses.computeIfAbsent(function.name(), (key) -> new FunctionUse(function))
				.record(name, command.arguments(), invocation.session().peer(), now());
		}
		return chain.proceed(invocation);
	}

	/**
	 * Return the order: inside of whatever refuses commands.
	 */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	/**
	 * Return since when uses are remembered.
	 * @return the time
	 */
	Instant since() {
		return this.since;
	}

	/**
	 * Find the uses of a function.
	 * @param function the name of the function
	 * @return its uses, empty if there were none
	 */
	Optional<FunctionUse> find(String function) {
		return Optional.ofNullable(this.uses.get(function));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
