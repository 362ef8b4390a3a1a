package io.irpc.service;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

/**
 * The functions that every server has (protocol §3).
 *
 * @since 0.1.0
 */
@IrpcService
public final class PredefinedFunctions {

	private final ServiceMethodRegistry functions;

	private final PublishedEvents events;

	/**
	 * Create the functions.
	 * @param functions all functions of the server
	 * @param events all events of the server
	 */
	public PredefinedFunctions(ServiceMethodRegistry functions, PublishedEvents events) {
		this.functions = functions;
		this.events = events;
	}

	/**
	 * Return the names of all functions.
	 * @return the names, sorted
	 */
	@IrpcFunction(description = "Returns the names of the functions that you may call.")
	public SortedSet<String> getFunctionList() {
		return this.functions.names();
	}

	/**
	 * Return the names of all events.
	 * @return the names, sorted
	 */
	@IrpcFunction(description = "Returns the names of the events that you may monitor.")
	public SortedSet<String> getEventList() {
		return this.events.names();
	}

	/**
	 * Return the name of the session's user.
	 * @param session the session
	 * @return the name, {@code null} for an anonymous session
	 */
	@IrpcFunction(description = "Returns the name of the user that this session belongs to, or null.")
	public @Nullable String whoami(IrpcSession session) {
		SessionUser user = session.user();
		return (user != null) ? user.principal().getName() : null;
	}

	/**
	 * Return the authorities of the session's user.
	 * @param session the session
	 * @return the authorities, sorted
	 */
	@IrpcFunction(description = "Returns the authorities granted to the user of this session.")
	public SortedSet<String> whaticando(IrpcSession session) {
		SessionUser user = session.user();
		return (user != null) ? user.authorities() : Objects.requireNonNull(Collections.emptySortedSet());
	}

}
