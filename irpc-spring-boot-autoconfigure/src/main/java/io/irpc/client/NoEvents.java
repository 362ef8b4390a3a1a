package io.irpc.client;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;

import io.irpc.service.HelpCommandHandler;
import io.irpc.service.PublishedEvents;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * The events of an application without a server: clients publish functions only.
 *
 * @since 0.1.0
 */
public final class NoEvents implements PublishedEvents {

	@Override
	public SortedSet<String> names() {
		return Objects.requireNonNull(Collections.emptySortedSet());
	}

	@Override
	public @Nullable String help(String event, Set<String> authorities) {
		return null;
	}

	@Override
	public void raise(String event, Invocation invocation) {
		throw HelpCommandHandler.unknownEvent(event);
	}

}
