package io.irpc.docs.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClientStateEvent;
import io.irpc.docs.daemon.ErrorRecord;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Shows errors as they happen.
 */
@Component
class ErrorReports {

	final List<ErrorRecord> shown = new CopyOnWriteArrayList<>();

	final List<ConnectionState> states = new CopyOnWriteArrayList<>();

	void show(ErrorRecord error) {
		this.shown.add(error);
	}

	// tag::state[]
	@EventListener
	void connectionChanged(IrpcClientStateEvent event) {
		this.states.add(event.state());
	}
	// end::state[]

}
