package io.irpc.client;

import io.irpc.call.CallObserver;
import io.irpc.session.CommandObserver;

/**
 * Those who see what a client does, outside of everything else that surrounds it.
 *
 * @param calls sees the calls that the client makes
 * @param commands sees the commands that the server sends
 * @param events surrounds the handling of events
 * @since 0.1.0
 */
public record ClientObservers(CallObserver calls, CommandObserver commands, EventObserver events) {

}
