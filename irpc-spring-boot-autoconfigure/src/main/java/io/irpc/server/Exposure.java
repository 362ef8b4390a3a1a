package io.irpc.server;

import java.util.List;

import io.irpc.service.Access;
import io.irpc.service.AccessRule;

/**
 * Who reaches one function or event.
 *
 * @param access the function or event
 * @param rule who is let in, by which rule
 * @param listeners the addresses that it is reached on
 * @since 0.1.0
 */
public record Exposure(Access access, AccessRule rule, List<String> listeners) {

}
