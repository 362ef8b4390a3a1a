package io.irpc.docs.events;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcSensitive;

/**
 * A transfer of a file was refused.
 *
 * @param file the name of the file
 * @param account who sent it
 */
// tag::event[]
@IrpcEvent("files.transferRefused")
public record TransferRefused(String file, @IrpcSensitive(authority = "STAFF") String account) {

}
// end::event[]
