package io.irpc.test.greeting;

import io.irpc.annotation.IrpcService;

/**
 * What peers may call.
 */
@IrpcService("greeter")
public interface Greeter {

	Greeting greet(String name);

}
