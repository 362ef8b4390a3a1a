package io.irpc.sample.daemon.results;

import java.util.List;

import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.FileProcessed;
import io.irpc.sample.api.StationStatistics;

/**
 * Everything that was found out about one file.
 *
 * @param file the outcome
 * @param stations statistics of every station, none for a rejected file
 * @param errors what is wrong with the file, oldest first
 */
public record FileResult(FileProcessed file, List<StationStatistics> stations, List<ErrorRaised> errors) {

	/**
	 * Return how much of the memory's limit the result takes.
	 * @return number of values
	 */
	int weight() {
		return 1 + this.errors.size() + this.stations.stream().mapToInt((station) -> 1 + station.gaps().size()).sum();
	}

}
