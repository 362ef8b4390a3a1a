package io.irpc.service;

import java.util.Set;
import java.util.SortedSet;

import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * The events that an application publishes, as the commands about names see them.
 *
 * @since 0.1.0
 */
public interface PublishedEvents {

	/**
	 * Return the names of all events.
	 * @return the names, sorted
	 */
	SortedSet<String> names();

	/**
	 * Describe an event for people.
	 * @param event its name
	 * @param authorities the authorities of the user that asks: members hidden from him
	 * are left out
	 * @return the signature, then the documentation; {@code null} if there is no such
	 * event
	 */
	@Nullable String help(String event, Set<String> authorities);

	/**
	 * Raise an event for subscribers everywhere.
	 * @param event its name
	 * @param invocation the command with the arguments
	 * @throws io.irpc.protocol.IrpcException if there is no such event, if it must not be
	 * raised by peers, or if the arguments are refused
	 */
	void raise(String event, Invocation invocation);

}
