package io.irpc.sample.api;

import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;

/**
 * Answers what the stations measured.
 */
@IrpcService("stations")
public interface StationsService {

	/**
	 * List the stations of the recent files.
	 * @return names in alphabetical order
	 */
	@IrpcFunction(description = "Names of the stations with measurements in the recent files")
	List<String> list();

	/**
	 * Summarize the measurements of one station in the recent files.
	 * @param station name of the station
	 * @return the summary
	 * @throws io.irpc.protocol.IrpcException with
	 * {@link io.irpc.protocol.ErrorCode#NOT_FOUND} if no recent file has measurements of
	 * the station
	 */
	@IrpcFunction(description = "Statistics of one station over the recent files, and of its latest file")
	StationSummary summary(String station);

}
