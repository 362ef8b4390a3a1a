package io.irpc.sample.daemon.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.Severity;
import io.irpc.sample.api.StationStatistics;
import io.irpc.sample.api.Verdict;
import io.irpc.sample.daemon.results.FileResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FileAnalyzer}.
 */
class FileAnalyzerTests {

	private static final String GOOD = "north,2026-01-31T08:00:00Z,1\n";

	@TempDir
	Path root;

	private Ingest ingest;

	@BeforeEach
	void start() throws IOException {
		this.ingest = new Ingest(this.root, new MutableClock());
	}

	@AfterEach
	void stop() throws IOException {
		this.ingest.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { GOOD, "station,timestamp,value\n" + GOOD, "Station, Timestamp, Value\r\n" + GOOD,
			"\uFEFF" + GOOD, "\uFEFFstation,timestamp,value\r\nnorth,2026-01-31T08:00:00Z,1\r\n", "\n\r\n  \n" + GOOD,
			"north,2026-01-31T08:00:00Z,1" })
	void headerByteOrderMarkLineEndsAndBlankLinesDoNotMatter(String content) throws IOException {
		FileResult result = analyze(content);
		assertThat(result.file().verdict()).isEqualTo(Verdict.PROCESSED);
		assertThat(result.file().measurements()).isEqualTo(1);
		assertThat(result.errors()).isEmpty();
		assertThat(result.stations()).extracting(StationStatistics::station).containsExactly("north");
	}

	@Test
	void aHeaderInTheMiddleIsABadLine() throws IOException {
		FileResult result = analyze(GOOD + "station,timestamp,value\n");
		assertThat(result.errors()).extracting(ErrorRaised::line).containsExactly(2);
	}

	@Test
	void stationsAreListedByName() throws IOException {
		FileResult result = analyze("b,2026-01-31T08:00:00Z,1\na,2026-01-31T08:00:00Z,2\nb,2026-01-31T08:01:00Z,3\n");
		assertThat(result.stations()).extracting(StationStatistics::station).containsExactly("a", "b");
		assertThat(result.stations()).extracting(StationStatistics::mean).containsExactly(2.0, 2.0);
	}

	@Test
	void badLinesWithinTheBoundAreErrorsOfAProcessedFile() throws IOException {
		FileResult result = analyze(GOOD + "north,2026-01-31T08:00:00Z\nnorth,today,1\n"
				+ "north,2026-01-31T08:00:00Z,NaN\n" + "x".repeat(100_000) + "\n" + GOOD);
		assertThat(result.file().verdict()).isEqualTo(Verdict.PROCESSED);
		assertThat(result.file().reason()).isNull();
		assertThat(result.file().measurements()).isEqualTo(2);
		assertThat(result.file().badLines()).isEqualTo(4);
		assertThat(result.errors()).extracting(ErrorRaised::line).containsExactly(2, 3, 4, 5);
		assertThat(result.errors()).extracting((error) -> error.message().replaceFirst(":.*", ""))
			.containsExactly("columns", "timestamp", "value", "length");
		assertThat(result.errors()).allSatisfy((error) -> {
			assertThat(error.severity()).isEqualTo(Severity.LOW);
			assertThat(error.station()).isNull();
			assertThat(error.file()).isEqualTo("x.csv");
		});
	}

	@Test
	void asManyBadLinesAsAllowedAreAllowed() throws IOException {
		this.ingest.settings.update(null, null, null, 3);
		assertThat(analyze(GOOD + "bad\n".repeat(3)).file().verdict()).isEqualTo(Verdict.PROCESSED);
	}

	@Test
	void moreBadLinesThanAllowedRejectTheFile() throws IOException {
		this.ingest.settings.update(null, null, null, 3);
		FileResult result = analyze(GOOD + "bad\n".repeat(5));
		assertThat(result.file().verdict()).isEqualTo(Verdict.REJECTED);
		assertThat(result.file().reason()).startsWith("more than 3 bad lines, the last one read is line 5, columns: 1");
		assertThat(result.stations()).isEmpty();
		assertThat(result.errors()).extracting(ErrorRaised::line).containsExactly(2, 3, 4, null);
		assertThat(result.errors().get(3).severity()).isEqualTo(Severity.HIGH);
		assertThat(result.errors().get(3).message()).startsWith("file rejected: more than 3 bad lines");
	}

	@Test
	void noBadLineMayBeAllowed() throws IOException {
		this.ingest.settings.update(null, null, null, 0);
		assertThat(analyze(GOOD).file().verdict()).isEqualTo(Verdict.PROCESSED);
		assertThat(analyze(GOOD + "bad\n").errors()).hasSize(1);
	}

	@Test
	void valuesOutOfRangeAreUrgentErrorsAndCount() throws IOException {
		this.ingest.settings.update(-1.0, 1.0, null, null);
		FileResult result = analyze("""
				north,2026-01-31T08:00:00Z,1
				north,2026-01-31T08:01:00Z,1.5
				south,2026-01-31T08:00:00Z,-1
				south,2026-01-31T08:01:00Z,-3
				""");
		assertThat(result.file().measurements()).isEqualTo(4);
		assertThat(result.file().outOfRange()).isEqualTo(2);
		assertThat(result.stations()).extracting(StationStatistics::mean).containsExactly(1.25, -2.0);
		assertThat(result.errors()).extracting(ErrorRaised::line).containsExactly(2, 4);
		assertThat(result.errors()).extracting(ErrorRaised::station).containsExactly("north", "south");
		assertThat(result.errors()).extracting(ErrorRaised::severity).containsOnly(Severity.HIGH);
		assertThat(result.errors().get(0).message()).isEqualTo("value out of range: 1.5 (expected: -1.0 to 1.0)");
	}

	@Test
	void veryManyValuesOutOfRangeAreCounted() throws IOException {
		FileResult result = analyze("north,2026-01-31T08:00:00Z,99\n".repeat(1005));
		assertThat(result.file().outOfRange()).isEqualTo(1005);
		assertThat(result.errors()).hasSize(1001);
		assertThat(result.errors().get(1000).message()).isEqualTo("5 further values are out of range");
	}

	@Test
	void errorsAreFoundAtDifferentInstantsInTheirOrder() throws IOException {
		List<ErrorRaised> errors = analyze(GOOD + "bad\n".repeat(10)).errors();
		assertThat(errors).extracting(ErrorRaised::at).doesNotHaveDuplicates().isSorted();
		assertThat(errors).extracting(ErrorRaised::id).doesNotHaveDuplicates().isSorted();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", "station,timestamp,value\n", "\uFEFF", "bad\n" })
	void aFileWithoutMeasurementIsRejected(String content) throws IOException {
		FileResult result = analyze(content);
		assertThat(result.file().verdict()).isEqualTo(Verdict.REJECTED);
		assertThat(result.file().reason()).isEqualTo("no measurement");
		assertThat(result.errors()).last()
			.satisfies((error) -> assertThat(error.message()).isEqualTo("file rejected: no measurement"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ISO-8859-1", "UTF-16" })
	void aTextThatIsNotInUtf8IsRejected(String charset) throws IOException {
		FileResult result = this.ingest
			.analyze((GOOD + "süd,2026-01-31T08:00:00Z,1\n").getBytes(Charset.forName(charset)));
		assertThat(result.file().reason()).isEqualTo("not a text in UTF-8");
	}

	@Test
	void aBinaryFileIsRejected() throws IOException {
		byte[] zip = { 'P', 'K', 3, 4, 20, 0, 0, 8, (byte) 0xf1, (byte) 0xc2, 0x2c, (byte) 0x9a };
		assertThat(this.ingest.analyze(zip).file().verdict()).isEqualTo(Verdict.REJECTED);
		assertThat(this.ingest.analyze(new byte[100_000]).file().verdict()).isEqualTo(Verdict.REJECTED);
	}

	@Test
	void aCharacterBrokenAtTheEndIsRejected() throws IOException {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		content.write(GOOD.getBytes(StandardCharsets.UTF_8));
		content.write(0xc3);
		assertThat(this.ingest.analyze(content.toByteArray()).file().reason()).isEqualTo("not a text in UTF-8");
	}

	@Test
	void tooManyStationsRejectTheFile() throws IOException {
		String content = IntStream.rangeClosed(0, 1000)
			.mapToObj((i) -> "s" + i + ",2026-01-31T08:00:00Z,1\n")
			.collect(Collectors.joining());
		assertThat(analyze(content).file().reason()).isEqualTo("more than 1000 stations");
	}

	@Test
	void aFileThatIsTooLargeIsRejectedUnread() throws IOException {
		Path file = this.root.resolve("large");
		try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
			large.setLength((64 << 20) + 1);
		}
		assertThat(this.ingest.analyzer.analyze(new Arrival(file, "id", "x.csv")).file().reason())
			.isEqualTo("size: 67108865 bytes (expected: <= 67108864)");
	}

	@Test
	void aFileThatCannotBeReadIsRejected() throws IOException {
		Path directory = Files.createDirectory(this.root.resolve("directory"));
		FileResult result = this.ingest.analyzer.analyze(new Arrival(directory, "id", "x.csv"));
		assertThat(result.file().reason()).startsWith("not readable, java.io.IOException");
		assertThat(result.errors()).hasSize(1);
	}

	@Test
	void nothingOfAFileCanSteerATerminal() throws IOException {
		List<ErrorRaised> errors = analyze(GOOD + "\u001b]0;x\u0007,\u202e\n\u001b[2J,x,1\n").errors();
		assertThat(errors).hasSize(2)
			.extracting(ErrorRaised::message)
			.allSatisfy((message) -> assertThat(message).doesNotContainPattern("\\p{C}"));
	}

	private FileResult analyze(String content) throws IOException {
		return this.ingest.analyze(content.getBytes(StandardCharsets.UTF_8));
	}

}
