package io.irpc.docs.services;

import io.irpc.annotation.IrpcService;

/**
 * What a client publishes for its server.
 */
// tag::probe[]
@IrpcService("probe")
public class Probe {

	public double measure(double reference) {
		return reference + 0.25;
	}

}
// end::probe[]
