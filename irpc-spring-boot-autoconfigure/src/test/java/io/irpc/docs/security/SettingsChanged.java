package io.irpc.docs.security;

import io.irpc.annotation.IrpcEvent;

/**
 * A setting has changed.
 *
 * @param maximum the greatest value accepted from now on
 * @param by who has changed it
 */
@IrpcEvent("settings.changed")
public record SettingsChanged(double maximum, String by) {

}
