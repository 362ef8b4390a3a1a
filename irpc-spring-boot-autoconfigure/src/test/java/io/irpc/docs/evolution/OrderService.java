package io.irpc.docs.evolution;

import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;

import org.springframework.stereotype.Component;

/**
 * Shows names that have changed.
 */
// tag::aliases[]
@Component
@IrpcService(value = "orders", aliases = "purchases")
public class OrderService {

	@IrpcFunction(aliases = "all", description = "Lists the newest orders.")
	public List<Order> list(@IrpcParam(aliases = "max", defaultValue = "10") int limit) {
		return List.of(new Order("1", OrderState.OPEN, limit));
	}

}
// end::aliases[]
