package io.irpc.docs.events;

import io.irpc.annotation.IrpcEvent;

/**
 * A peer wants a directory to be read again.
 *
 * @param directory the name of the directory
 */
// tag::event[]
@IrpcEvent(value = "files.rescanRequested", remoteRaise = true)
public record RescanRequested(String directory) {

}
// end::event[]
