package io.irpc.sample.daemon.statistics;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Measurement}.
 */
class MeasurementTests {

	@Test
	void whiteSpaceAroundFieldsDoesNotCount() throws BadLineException {
		assertThat(Measurement.parse(" north gate , 2026-01-31T08:00:00Z ,\t-1.5e1 "))
			.isEqualTo(new Measurement("north gate", Instant.parse("2026-01-31T08:00:00Z"), -15));
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z", "2026-01-31T08:00:00+02:00, 2026-01-31T06:00:00Z",
			"2026-01-31T08:00:00.5, 2026-01-31T08:00:00.500Z", "2026-01-31T08:00, 2026-01-31T08:00:00Z",
			"2026-07-01T08:00+02:00[Europe/Berlin], 2026-07-01T06:00:00Z" })
	void timestampsAreReadWithAndWithoutAZone(String text, Instant expected) throws BadLineException {
		assertThat(Measurement.parse("a," + text + ",1").timestamp()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "+3, 3", "-0.25, -0.25", ".5, 0.5", "5., 5", "1E3, 1000", "1e-3, 0.001" })
	void decimalNumbersAreRead(String text, double expected) throws BadLineException {
		assertThat(Measurement.parse("a,2026-01-31T08:00:00Z," + text).value()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc", "NaN", "Infinity", "-Infinity", "0x1p3", "1d", "1_000", "1e999", "1e101",
			"1e99999999999999", "--1", ".", "٣" })
	void aValueThatIsNoOrdinaryNumberIsRefused(String text) {
		assertThatExceptionOfType(BadLineException.class)
			.isThrownBy(() -> Measurement.parse("a,2026-01-31T08:00:00Z," + text))
			.withMessageContaining("value: '" + text + "' (expected: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "2026-01-31", "2026-02-30T08:00:00Z", "2026-01-31T24:30:00Z",
			"2026-01-31 08:00:00", "1769846400", "+12026-01-31T08:00:00Z", "2026-01-31T08:00:00+99:00" })
	void aTimestampThatIsNotOfIso8601IsRefused(String text) {
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> Measurement.parse("a," + text + ",1"))
			.withMessage("timestamp: '" + text + "' (expected: ISO 8601, for instance 2026-01-31T08:00:00Z)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a,2026-01-31T08:00:00Z", "a,2026-01-31T08:00:00Z,1,", "a,2026-01-31T08:00:00Z,1,5",
			"a;2026-01-31T08:00:00Z;1" })
	void aLineWithoutThreeColumnsIsRefused(String line) {
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> Measurement.parse(line))
			.withMessageMatching("columns: [0-9] \\(expected: 3, station,timestamp,value\\)");
	}

	@Test
	void aStationMustHaveANameThatCanBePrinted() {
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> Measurement.parse(",x,1"))
			.withMessage("station: '' (expected: 1 to 64 printable characters)");
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> Measurement.parse("a\u001b[2J,x,1"))
			.withMessage("station: 'a?[2J' (expected: 1 to 64 printable characters)");
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> Measurement.parse("a".repeat(65) + ",x,1"));
	}

	@Test
	void aLineThatIsTooLongIsRefused() {
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> Measurement.parse(",".repeat(1001)))
			.withMessage("length: more than 1000 characters");
	}

}
