package io.irpc.test.greeting;

import io.irpc.annotation.IrpcService;

import org.springframework.stereotype.Component;

/**
 * Found by its class.
 */
@Component
@IrpcService("porter")
class Porter {

	public void open() {
	}

	public Volume volume() {
		return new Volume(60);
	}

}
