package io.irpc.fault;

import io.irpc.annotation.IrpcEvent;

/**
 * An event that nobody may miss.
 *
 * @param writer who has raised it, one after the other
 * @param number greater than those that the same writer has raised before
 */
@IrpcEvent(NumberedEvent.NAME)
record NumberedEvent(int writer, long number) {

	static final String NAME = "fault.numbered";

}
