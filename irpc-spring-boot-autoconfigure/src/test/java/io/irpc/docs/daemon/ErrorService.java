package io.irpc.docs.daemon;

import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;

/**
 * What peers may do with the errors.
 */
// tag::service[]
@IrpcService("errors")
public interface ErrorService {

	@IrpcFunction(description = "Returns the newest errors, the newest first.")
	List<ErrorRecord> list(@IrpcParam(defaultValue = "10") int limit);

	@IrpcFunction(description = "Reports an error.")
	void report(String file, int line, String message);

}
// end::service[]
