package io.irpc.sample.daemon.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.FileProcessed;
import io.irpc.sample.api.Settings;
import io.irpc.sample.api.Severity;
import io.irpc.sample.api.Verdict;
import io.irpc.sample.daemon.results.FileResult;
import io.irpc.sample.daemon.statistics.BadLineException;
import io.irpc.sample.daemon.statistics.Measurement;
import io.irpc.sample.daemon.statistics.StationSeries;
import org.jspecify.annotations.Nullable;

/**
 * Judges one file by its lines.
 * <p>
 * The first line may be the header {@code station,timestamp,value}; blank lines do not
 * count. Every bad line is an error. With more bad lines than the settings allow, the
 * file is rejected and not read any further. A value out of range is an error too, but
 * the measurement counts.
 */
final class FileAnalysis {

	private static final String HEADER = "station,timestamp,value";

	private static final int MAX_STATIONS = 1000;

	/**
	 * How many values out of range are reported one by one; the others are only counted.
	 */
	private static final int MAX_RANGE_ERRORS = 1000;

	private final Arrival arrival;

	private final Settings settings;

	private final Timeline timeline;

	private final List<ErrorRaised> errors = new ArrayList<>();

	private final Map<String, StationSeries> stations = new TreeMap<>();

	private boolean started;

	private int measurements;

	private int badLines;

	private int outOfRange;

	FileAnalysis(Arrival arrival, Settings settings, Timeline timeline) {
		this.arrival = arrival;
		this.settings = settings;
		this.timeline = timeline;
	}

	void addLine(int number, String line) throws RejectedException {
		if (line.isBlank()) {
			return;
		}
		boolean header = !this.started && HEADER.equalsIgnoreCase(line.replaceAll("\\s", ""));
		this.started = true;
		if (header) {
			return;
		}
		try {
			addMeasurement(number, Measurement.parse(line));
		}
		catch (BadLineException ex) {
			if (++this.badLines > this.settings.maximumBadLines()) {
				throw new RejectedException("more than " + this.settings.maximumBadLines()
						+ " bad lines, the last one read is line " + number + ", " + ex.getMessage());
			}
			addError(number, null, Severity.LOW, ex.getMessage());
		}
	}

	private void addMeasurement(int number, Measurement measurement) throws RejectedException {
		String station = measurement.station();
		double value = measurement.value();
		this.measurements++;
		this.stations.computeIfAbsent(station, StationSeries::new).add(measurement);
		if (this.stations.size() > MAX_STATIONS) {
			throw new RejectedException("more than " + MAX_STATIONS + " stations");
		}
		if ((value < this.settings.minimum() || value > this.settings.maximum())
				&& ++this.outOfRange <= MAX_RANGE_ERRORS) {
			addError(number, station, Severity.HIGH, "value out of range: " + value + " (expected: "
					+ this.settings.minimum() + " to " + this.settings.maximum() + ")");
		}
	}

	FileResult processed() throws RejectedException {
		if (this.measurements == 0) {
			throw new RejectedException("no measurement");
		}
		if (this.outOfRange > MAX_RANGE_ERRORS) {
			addError(null, null, Severity.HIGH,
					(this.outOfRange - MAX_RANGE_ERRORS) + " further values are out of range");
		}
		return new FileResult(outcome(Verdict.PROCESSED, null),
				this.stations.values().stream().map(StationSeries::statistics).toList(), List.copyOf(this.errors));
	}

	FileResult rejected(String reason) {
		addError(null, null, Severity.HIGH, "file rejected: " + reason);
		return new FileResult(outcome(Verdict.REJECTED, reason), List.of(), List.copyOf(this.errors));
	}

	private FileProcessed outcome(Verdict verdict, @Nullable String reason) {
		return new FileProcessed(this.arrival.id(), this.timeline.next(), this.arrival.name(), verdict, reason,
				this.measurements, this.badLines, this.outOfRange);
	}

	private void addError(@Nullable Integer line, @Nullable String station, Severity severity, String message) {
		Instant at = this.timeline.next();
		this.errors.add(new ErrorRaised(Timeline.id(at), at, this.arrival.name(), line, station, severity, message));
	}

}
