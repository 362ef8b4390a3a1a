package io.irpc.sample.daemon.statistics;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/**
 * One measurement, as it stands in a line {@code station,timestamp,value}.
 * <p>
 * There is no quoting: no field contains a comma. White space around a field does not
 * count. The station is 1 to 64 printable characters; the timestamp is of ISO 8601, in
 * UTC if it names no zone, and counts to the millisecond; the value is a decimal number,
 * with an exponent or without.
 *
 * @param station name of the station
 * @param timestamp when it was measured
 * @param value what was measured
 */
public record Measurement(String station, Instant timestamp, double value) {

	/**
	 * How many characters a line may have.
	 */
	public static final int MAX_LENGTH = 1000;

	private static final Pattern STATION = Pattern.compile("[^\\p{C}]{1,64}");

	/**
	 * Starts with a digit because the years beyond 9999, which need a sign, do not fit
	 * into milliseconds.
	 */
	private static final Pattern TIMESTAMP = Pattern.compile("\\d.*");

	/**
	 * Narrower than what Java reads as a number, which has NaN, Infinity and hexadecimal.
	 */
	private static final Pattern VALUE = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

	/**
	 * Far from the limits of a double, so that sums of values do not overflow.
	 */
	private static final double MAX_MAGNITUDE = 1e100;

	/**
	 * Read a line.
	 * @param line the line
	 * @return the measurement
	 * @throws BadLineException if the line is not as described above
	 */
	public static Measurement parse(String line) throws BadLineException {
		if (line.length() > MAX_LENGTH) {
			throw new BadLineException("length: more than " + MAX_LENGTH + " characters");
		}
		String[] fields = line.split(",", -1);
		if (fields.length != 3) {
			throw new BadLineException("columns: " + fields.length + " (expected: 3, station,timestamp,value)");
		}
		return new Measurement(station(fields[0].strip()), timestamp(fields[1].strip()), value(fields[2].strip()));
	}

	private static String station(String text) throws BadLineException {
		if (!STATION.matcher(text).matches()) {
			throw BadLineException.of("station", text, "1 to 64 printable characters");
		}
		return text;
	}

	private static Instant timestamp(String text) throws BadLineException {
		try {
			if (TIMESTAMP.matcher(text).matches()) {
				TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from,
						LocalDateTime::from);
				return (time instanceof ZonedDateTime zoned) ? zoned.toInstant()
						: ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
			}
		}
		catch (DateTimeException ex) {
			// answered below
		}
		throw BadLineException.of("timestamp", text, "ISO 8601, for instance 2026-01-31T08:00:00Z");
	}

	private static double value(String text) throws BadLineException {
		if (!VALUE.matcher(text).matches()) {
			throw BadLineException.of("value", text, "a decimal number");
		}
		double value = Double.parseDouble(text);
		if (Math.abs(value) > MAX_MAGNITUDE) {
			throw BadLineException.of("value", text, "-" + MAX_MAGNITUDE + " to " + MAX_MAGNITUDE);
		}
		return value;
	}

}
