package io.irpc.docs.clients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.client.IrpcClient;
import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.docs.daemon.ErrorService;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Passes on what happens in the warehouse.
 */
// tag::qualifier[]
@Component
class Transfers {

	private final ErrorService office;

	private final ErrorService warehouse;

	Transfers(IrpcClient office, @Qualifier("warehouse") IrpcClient warehouse) {
		this.office = office.proxy(ErrorService.class);
		this.warehouse = warehouse.proxy(ErrorService.class);
	}

	// end::qualifier[]

	final List<ErrorRecord> seen = new CopyOnWriteArrayList<>();

	List<ErrorRecord> copy() {
		List<ErrorRecord> errors = this.warehouse.list(10);
		errors.forEach((error) -> this.office.report(error.file(), error.line(), error.message()));
		return errors;
	}

	// tag::listener[]
	@IrpcEventListener(event = "errorRaised", client = "warehouse")
	void raised(ErrorRecord error) {
		this.seen.add(error);
	}
	// end::listener[]

}
