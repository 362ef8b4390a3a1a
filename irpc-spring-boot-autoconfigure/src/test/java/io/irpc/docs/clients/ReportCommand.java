package io.irpc.docs.clients;

import io.irpc.client.IrpcClient;
import io.irpc.docs.daemon.ErrorService;

/**
 * Reports an error from the command line.
 */
public final class ReportCommand {

	private ReportCommand() {
	}

	// tag::main[]
	public static void main(String[] args) {
		try (IrpcClient client = IrpcClient.builder().name("report").address(args[0]).build()) {
			client.proxy(ErrorService.class).report(args[1], Integer.parseInt(args[2]), args[3]);
		}
	}
	// end::main[]

}
