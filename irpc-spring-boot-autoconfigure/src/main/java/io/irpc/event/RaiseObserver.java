package io.irpc.event;

import java.util.function.Consumer;

import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds the raising of events, and says which trace they belong to wherever they are
 * handled. Must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RaiseObserver {

	/**
	 * Sees nothing: an event belongs to the trace of the command that raises it.
	 */
	RaiseObserver NONE = (event, raising) -> raising.accept(TraceParent.inherited());

	/**
	 * Raise an event. Called on the thread that raises it.
	 * @param event the name of a published event
	 * @param raising raises the event, given its trace, {@code null} for none; what it
	 * throws goes to the one who raises the event
	 */
	void raise(String event, Consumer<@Nullable TraceParent> raising);

}
