package io.irpc.test.greeting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.annotation.IrpcEventListener;

import org.springframework.stereotype.Component;

/**
 * Writes down what it hears. Found by its method.
 */
@Component
public class Clerk {

	private final List<Greeting> heard = new CopyOnWriteArrayList<>();

	@IrpcEventListener(event = "greeted")
	void heard(Greeting greeting) {
		this.heard.add(greeting);
	}

	public List<Greeting> list() {
		return List.copyOf(this.heard);
	}

}
