package io.irpc.sample.daemon.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.FileProcessed;
import io.irpc.sample.api.Gap;
import io.irpc.sample.api.Severity;
import io.irpc.sample.api.StationStatistics;
import io.irpc.sample.api.StationSummary;
import io.irpc.sample.api.Verdict;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.sample.daemon.support.JsonFiles;
import io.irpc.sample.daemon.support.SampleProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RecentResults} and the services that answer from it.
 */
class RecentResultsTests {

	private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

	private static final int MAX_WEIGHT = 70;

	@TempDir
	Path root;

	private DataDirectory directory;

	private ResultStore store;

	private RecentResults recent;

	@BeforeEach
	void start() throws IOException {
		this.directory = new DataDirectory(
				new SampleProperties(this.root, new SampleProperties.Ftp(0, "sensor", "sensor")));
		this.store = new ResultStore(this.directory, new JsonFiles(JsonMapper.shared()));
		this.recent = new RecentResults(this.store, MAX_WEIGHT);
	}

	@AfterEach
	void stop() throws IOException {
		this.directory.close();
	}

	@Test
	void errorsAreListedOldestFirst() {
		this.recent.add(result(1, 3));
		this.recent.add(result(2, 3));
		RecentErrors errors = new RecentErrors(this.recent);
		assertThat(errors.list(null, 100)).extracting(ErrorRaised::id)
			.containsExactly("1-0", "1-1", "1-2", "2-0", "2-1", "2-2");
	}

	@Test
	void withoutSinceTheLastErrorsAreListed() {
		this.recent.add(result(1, 3));
		this.recent.add(result(2, 3));
		assertThat(new RecentErrors(this.recent).list(null, 2)).extracting(ErrorRaised::id)
			.containsExactly("2-1", "2-2");
	}

	@Test
	void sinceTheLastErrorOfAPageTheNextPageIsListed() {
		this.recent.add(result(1, 3));
		this.recent.add(result(2, 3));
		RecentErrors errors = new RecentErrors(this.recent);
		List<ErrorRaised> page = errors.list(Instant.EPOCH, 2);
		assertThat(page).extracting(ErrorRaised::id).containsExactly("1-0", "1-1");
		page = errors.list(page.get(1).at(), 2);
		assertThat(page).extracting(ErrorRaised::id).containsExactly("1-2", "2-0");
		page = errors.list(page.get(1).at(), 2);
		assertThat(page).extracting(ErrorRaised::id).containsExactly("2-1", "2-2");
		assertThat(errors.list(page.get(1).at(), 2)).isEmpty();
	}

	@Test
	void filesAreListedNewestFirst() {
		IntStream.rangeClosed(1, 3).forEach((number) -> this.recent.add(result(number, 0)));
		assertThat(new RecentFiles(this.recent).recent(2)).extracting(FileProcessed::file)
			.containsExactly("file3", "file2");
	}

	@Test
	void aStationIsSummarizedOverItsFiles() {
		StationStatistics first = statistics("north", 3, 2, 1, 4);
		StationStatistics last = statistics("north", 1, 10, 10, 10);
		this.recent.add(result(1, 0, first, statistics("south", 7, 0, -9, 9)));
		this.recent.add(result(2, 0, last));
		this.recent.add(result(3, 0, statistics("south", 7, 0, -9, 9)));
		RecentStations stations = new RecentStations(this.recent);
		assertThat(stations.list()).containsExactly("north", "south");
		assertThat(stations.summary("north")).isEqualTo(new StationSummary("north", 2, 4, 4, 1, 10, "file2", last));
	}

	@Test
	void anUnknownStationIsNotFound() {
		assertThatExceptionOfType(IrpcException.class)
			.isThrownBy(() -> new RecentStations(this.recent).summary("nowhere"))
			.withMessageContaining("'nowhere'")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
	}

	@Test
	void resultsOutlastARestart() throws IOException {
		FileResult first = result(1, 2, statistics("north", 1, 0.1, -1e-9, 1e100));
		FileResult second = result(2, 0);
		for (FileResult result : List.of(first, second)) {
			this.store.write(result);
			this.recent.add(result);
		}
		assertThat(new RecentResults(this.store, MAX_WEIGHT).all()).isEqualTo(this.recent.all())
			.containsExactly(first, second);
	}

	@Test
	void theOldestResultsAreForgottenAndStayForgotten() throws IOException {
		for (int number = 1; number <= 5; number++) {
			FileResult result = result(number, 20);
			this.store.write(result);
			this.recent.add(result);
		}
		assertThat(this.recent.all()).extracting((result) -> result.file().file())
			.containsExactly("file3", "file4", "file5");
		assertThat(new RecentResults(this.store, MAX_WEIGHT).all()).isEqualTo(this.recent.all());
	}

	@Test
	void theLastResultIsKeptHoweverLargeItIs() {
		this.recent.add(result(1, 0));
		this.recent.add(result(2, 100));
		assertThat(this.recent.all()).extracting((result) -> result.file().file()).containsExactly("file2");
	}

	@Test
	void aResultThatCannotBeReadIsSkipped() throws IOException {
		this.store.write(result(1, 0));
		Files.writeString(this.directory.results().resolve("2.json"), "{");
		Files.writeString(this.directory.results().resolve("3.json.tmp"), "{");
		assertThat(new RecentResults(this.store, MAX_WEIGHT).all()).hasSize(1);
	}

	private static FileResult result(int number, int errors, StationStatistics... stations) {
		Instant at = START.plusSeconds(number);
		FileProcessed file = new FileProcessed(String.format(Locale.ROOT, "%04d", number), at, "file" + number,
				Verdict.PROCESSED, null, 1, errors, 0);
		return new FileResult(file, List.of(stations),
				IntStream.range(0, errors)
					.mapToObj((i) -> new ErrorRaised(number + "-" + i, at.minusNanos(1000L * (errors - i)),
							"file" + number, i, null, Severity.LOW, "bad"))
					.toList());
	}

	private static StationStatistics statistics(String station, int count, double mean, double minimum,
			double maximum) {
		return new StationStatistics(station, count, mean, minimum, maximum, maximum, START, START.plusSeconds(60),
				Duration.ofSeconds(20), 1, List.of(new Gap(START, START.plusSeconds(50))));
	}

}
