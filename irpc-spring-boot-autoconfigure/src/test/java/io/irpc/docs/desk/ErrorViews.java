package io.irpc.docs.desk;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.docs.daemon.ErrorRecord;
import reactor.core.publisher.Mono;

/**
 * What a client sees of the errors.
 */
// tag::styles[]
@IrpcService("errors")
interface ErrorViews {

	List<ErrorRecord> list(int limit);

	@IrpcFunction("list")
	CompletableFuture<List<ErrorRecord>> listLater(int limit);

	@IrpcFunction("list")
	Mono<List<ErrorRecord>> listReactively(int limit);

	@IrpcFunction(timeout = "2s")
	void report(String file, int line, String message);

	default int count() {
		return list(1000).size();
	}

}
// end::styles[]
