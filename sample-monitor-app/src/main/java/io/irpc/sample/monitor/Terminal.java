package io.irpc.sample.monitor;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import io.irpc.sample.api.ErrorRaised;

/**
 * Writes for a person who watches.
 */
final class Terminal {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
		.withZone(ZoneId.systemDefault());

	private final PrintStream out;

	private final String prefix;

	Terminal(PrintStream out, String prefix) {
		this.out = out;
		this.prefix = prefix;
	}

	void say(String text) {
		text.lines().forEach((line) -> this.out.println(this.prefix + printable(line)));
		this.out.flush();
	}

	void show(ErrorRaised error) {
		String place = (error.line() != null) ? error.file() + ":" + error.line() : error.file();
		String station = (error.station() != null) ? " [" + error.station() + "]" : "";
		say("  %s  %-4s  %s%s  %s".formatted(time(error.at()), error.severity(), place, station, error.message()));
	}

	static String time(Instant instant) {
		return TIME.format(instant);
	}

	// names of files and stations come from strangers, and a terminal obeys control
	// characters
	private static String printable(String line) {
		StringBuilder result = new StringBuilder();
		line.codePoints()
			.map((c) -> (Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT) ? '?'
					: c)
			.forEach(result::appendCodePoint);
		return result.toString();
	}

}
