package io.irpc.sample.api;

import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Answers what became of the files.
 */
@IrpcService("files")
public interface FilesService {

	/**
	 * List the recent files, newest first.
	 * @param limit how many files to list at most
	 * @return the files
	 */
	@IrpcFunction(description = "The files that were processed or rejected last; newest first")
	List<FileProcessed> recent(@IrpcParam(defaultValue = "20") @Min(1) @Max(1000) int limit);

}
