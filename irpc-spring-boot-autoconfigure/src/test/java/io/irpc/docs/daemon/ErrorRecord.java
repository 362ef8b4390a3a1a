package io.irpc.docs.daemon;

import io.irpc.annotation.IrpcEvent;

/**
 * An error found in a file.
 *
 * @param file the name of the file
 * @param line the number of the line
 * @param message what is wrong there
 */
// tag::record[]
@IrpcEvent(value = "errorRaised", description = "A line of an input file is refused.")
public record ErrorRecord(String file, int line, String message) {

}
// end::record[]
