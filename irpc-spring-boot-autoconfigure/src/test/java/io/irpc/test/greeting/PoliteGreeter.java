package io.irpc.test.greeting;

import java.util.Map;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Found by its interface.
 */
@Component
class PoliteGreeter implements Greeter {

	private final ApplicationEventPublisher publisher;

	PoliteGreeter(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public Greeting greet(String name) {
		if (name.equals("nobody")) {
			throw new IrpcException(ErrorCode.NOT_FOUND, "There is nobody", Map.of("name", name), null);
		}
		Greeting greeting = new Greeting(name, "Good day, " + name);
		this.publisher.publishEvent(greeting);
		return greeting;
	}

}
