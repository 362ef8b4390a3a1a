package io.irpc.test.greeting;

import io.irpc.annotation.IrpcEvent;

/**
 * A greeting, and the event that there was one.
 *
 * @param name who was greeted
 * @param text the text
 */
@IrpcEvent("greeted")
public record Greeting(String name, String text) {

}
