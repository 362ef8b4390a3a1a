package io.irpc.service;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

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
public final class PredefinedFunctions implements PredefinedService {

	private final ServiceMethodRegistry functions;

	private final PublishedEvents events;

	private final AccessPolicy policy;

	/**
	 * Create the functions.
	 * @param functions all functions of the server
	 * @param events all events of the server
	 * @param policy decides who may use which of them
	 */
	public PredefinedFunctions(ServiceMethodRegistry functions, PublishedEvents events, AccessPolicy policy) {
		this.functions = functions;
		this.events = events;
		this.policy = policy;
	}

	/**
	 * Return the names of the functions that a user may call.
	 * @param session the session
	 * @param user the user, {@code null} for an anonymous session
	 * @return the names, sorted
	 */
	@IrpcFunction(description = "Returns the names of the functions that you may call.")
	public SortedSet<String> getFunctionList(IrpcSession session, @Nullable SessionUser user) {
		return permitted(this.functions.names(), Access.Kind.FUNCTION, session, user);
	}

	/**
	 * Return the names of the events that a user may monitor.
	 * @param session the session
	 * @param user the user, {@code null} for an anonymous session
	 * @return the names, sorted
	 */
	@IrpcFunction(description = "Returns the names of the events that you may monitor.")
	public SortedSet<String> getEventList(IrpcSession session, @Nullable SessionUser user) {
		return permitted(this.events.names(), Access.Kind.EVENT, session, user);
	}

	/**
	 * Return the name of the session's user.
	 * @param user the user, {@code null} for an anonymous session
	 * @return the name, {@code null} for an anonymous session
	 */
	@IrpcFunction(description = "Returns the name of the user that this session belongs to, or null.")
	public @Nullable String whoami(@Nullable SessionUser user) {
		return (user != null) ? user.principal().getName() : null;
	}

	/**
	 * Return the authorities of the session's user.
	 * @param user the user, {@code null} for an anonymous session
	 * @return the authorities, sorted
	 */
	@IrpcFunction(description = "Returns the authorities granted to the user of this session.")
	public SortedSet<String> whaticando(@Nullable SessionUser user) {
		return (user != null) ? user.authorities() : Objects.requireNonNull(Collections.emptySortedSet());
	}

	private SortedSet<String> permitted(SortedSet<String> names, Access.Kind kind, IrpcSession session,
			@Nullable SessionUser user) {
		SortedSet<String> result = new TreeSet<>(names);
		result.removeIf((name) -> !this.policy.permits(new Access(kind, name), session, user));
		return result;
	}

}
