package io.irpc.protocol;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a command (protocol §2, {@code argument}).
 *
 * @param name the name, {@code null} for an argument by position
 * @param value the value, not parsed
 * @since 0.1.0
 */
public record Argument(@Nullable String name, Payload value) {

}
