package io.irpc.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.server.IrpcServerDrainEvent;
import io.irpc.server.IrpcServerStartedEvent;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets the application refuse traffic before its server sends peers away, and until it
 * listens again.
 */
final class ServerReadiness {

	private final ApplicationContext context;

	private final AtomicBoolean refused = new AtomicBoolean();

	ServerReadiness(ApplicationContext context) {
		this.context = context;
	}

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void draining(IrpcServerDrainEvent event) {
		if (event.phase() == IrpcServerDrainEvent.Phase.REFUSING_TRAFFIC) {
			this.refused.set(true);
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	// the first start is none of its business: the application is ready when all of it is
	@EventListener(IrpcServerStartedEvent.class)
	void started() {
		if (this.refused.getAndSet(false)) {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

}
