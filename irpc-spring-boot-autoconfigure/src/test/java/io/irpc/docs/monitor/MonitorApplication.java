package io.irpc.docs.monitor;

import io.irpc.client.EventSubscription;
import io.irpc.client.IrpcClient;
import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.docs.daemon.ErrorService;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * Calls functions and listens to events.
 */
@SpringBootApplication
public class MonitorApplication {

	// tag::proxy[]
	@Bean
	ErrorService errorService(IrpcClient client) {
		return client.proxy(ErrorService.class);
	}
	// end::proxy[]

	// tag::listen[]
	@Bean
	EventSubscription errorSubscription(IrpcClient client, ErrorReports reports) {
		return client.listen("errorRaised", ErrorRecord.class, reports::show);
	}
	// end::listen[]

}
