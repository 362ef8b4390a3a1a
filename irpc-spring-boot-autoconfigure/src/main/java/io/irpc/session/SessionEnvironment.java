package io.irpc.session;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a manager share.
 *
 * @param options the limits of each session
 * @param limits the limits of all sessions together
 * @param dispatcher carries out the commands of the peers
 * @param listeners told of each session
 * @param sessions the open sessions
 * @param memory what all sessions together may hold
 * @param outcomes remembers what has become of calls, {@code null} to remember nothing
 */
record SessionEnvironment(SessionOptions options, SessionLimits limits, CommandDispatcher dispatcher,
		List<SessionListener> listeners, Set<SessionHandler> sessions, MemoryBudget memory,
		@Nullable OutcomeRegistry outcomes) {

}
