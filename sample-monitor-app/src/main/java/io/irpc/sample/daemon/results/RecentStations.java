package io.irpc.sample.daemon.results;

import java.util.List;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.sample.api.StationStatistics;
import io.irpc.sample.api.StationSummary;
import io.irpc.sample.api.StationsService;

import org.springframework.stereotype.Component;

/**
 * Answers what the stations measured from the recent results.
 */
@Component
final class RecentStations implements StationsService {

	private final RecentResults results;

	RecentStations(RecentResults results) {
		this.results = results;
	}

	@Override
	public List<String> list() {
		return this.results.all()
			.stream()
			.flatMap((result) -> result.stations().stream())
			.map(StationStatistics::station)
			.distinct()
			.sorted()
			.toList();
	}

	@Override
	public StationSummary summary(String station) {
		int files = 0;
		long count = 0;
		double sum = 0;
		double minimum = Double.POSITIVE_INFINITY;
		double maximum = Double.NEGATIVE_INFINITY;
		String latestFile = "";
		StationStatistics latest = null;
		for (FileResult result : this.results.all()) {
			for (StationStatistics statistics : result.stations()) {
				if (statistics.station().equals(station)) {
					files++;
					count += statistics.count();
					sum += statistics.mean() * statistics.count();
					minimum = Math.min(minimum, statistics.minimum());
					maximum = Math.max(maximum, statistics.maximum());
					latestFile = result.file().file();
					latest = statistics;
				}
			}
		}
		if (latest == null) {
			throw new IrpcException(ErrorCode.NOT_FOUND, "station: '" + station
					+ "' has no measurements in the recent files (expected: one of those that stations.list names)");
		}
		return new StationSummary(station, files, count, sum / count, minimum, maximum, latestFile, latest);
	}

}
