package io.irpc.session;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

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
 * @param clock tells when sessions are opened and active
 * @param opened counts the sessions
 * @param traffic counts what crosses the lines of all sessions
 * @param outcomes remembers what has become of calls, {@code null} to remember nothing
 */
record SessionEnvironment(SessionOptions options, SessionLimits limits, CommandDispatcher dispatcher,
		List<SessionListener> listeners, Set<SessionHandler> sessions, MemoryBudget memory, Clock clock,
		LongAdder opened, TrafficCounter traffic, @Nullable OutcomeRegistry outcomes) {

}
