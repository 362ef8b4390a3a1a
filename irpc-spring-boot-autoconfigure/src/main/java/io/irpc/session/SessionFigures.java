package io.irpc.session;

import java.time.Instant;

/**
 * What a session has done and does at the moment.
 *
 * @param opened when its connection was made
 * @param lastActivity when the peer last sent something other than pings and the answers
 * to them
 * @param traffic what has crossed the line
 * @param runningCommands how many commands of the peer run
 * @param parkedCommands how many commands of the peer wait for others (protocol §8)
 * @since 0.1.0
 */
public record SessionFigures(Instant opened, Instant lastActivity, Traffic traffic, int runningCommands,
		int parkedCommands) {

}
