package io.irpc.service;

import java.lang.reflect.Type;
import java.util.List;

import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a function, as callers need to know it (protocol §4).
 *
 * @param name its name
 * @param aliases its older names
 * @param type the type that it is converted to, with its generics
 * @param required whether a call without it is refused
 * @param nullable whether {@code null} is accepted
 * @param defaultValue the value of a missing argument, {@code null} if there is none or
 * if it must not be told
 * @since 0.1.0
 */
public record FunctionArgument(String name, List<String> aliases, Type type, boolean required, boolean nullable,
		@Nullable Payload defaultValue) {

}
