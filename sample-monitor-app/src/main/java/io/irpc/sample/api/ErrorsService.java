package io.irpc.sample.api;

import java.time.Instant;
import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * Answers which errors were found.
 */
@IrpcService("errors")
public interface ErrorsService {

	/**
	 * List errors of the recent files, oldest first.
	 * @param since only errors found after this instant, beginning with the first one:
	 * pass the {@code at} of the last error of a list to get the next list. Without it,
	 * the last errors are listed.
	 * @param limit how many errors to list at most
	 * @return the errors
	 */
	@IrpcFunction(description = "Errors found after 'since', or the last ones without it; oldest first")
	List<ErrorRaised> list(@Nullable Instant since, @IrpcParam(defaultValue = "100") @Min(1) @Max(1000) int limit);

}
