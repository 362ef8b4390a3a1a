package io.irpc.docs;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.observation.MeteredApplication;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the table of the chapter about meters with those of a running application.
 */
class MeterTableTests {

	private static final Pattern ROW = Pattern.compile("\\|`(irpc\\.[^`]+)` *\\|(.*?) *\\|(.*?) *\\|(.*?) *\\|(.+)");

	private static final Pattern CODE = Pattern.compile("`([^`]*)`");

	@TempDir
	private Path directory;

	@Test
	void tableHasEveryMeterOfARunningApplicationAndNoOther() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		Map<String, Row> running = new TreeMap<>();
		MeteredApplication.runner(registry, this.directory).run((context) -> {
			MeteredApplication.awaitHome(context);
			registry.getMeters()
				.stream()
				.filter((meter) -> meter.getId().getName().startsWith("irpc."))
				.forEach((meter) -> running.merge(meter.getId().getName(), row(meter), Row::merge));
		});
		assertThat(running).isNotEmpty();
		assertThat(table()).isEqualTo(running);
	}

	private static Row row(Meter meter) {
		assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank();
		Map<String, Set<String>> tags = new TreeMap<>();
		for (Tag tag : meter.getId().getTags()) {
			// one meter for each, of which the table names none
			boolean open = tag.getKey().equals("client") || tag.getKey().equals("limit");
			tags.put(tag.getKey(), open ? new TreeSet<>() : new TreeSet<>(Set.of(tag.getValue())));
		}
		String unit = meter.getId().getBaseUnit();
		return new Row((meter instanceof FunctionCounter) ? "counter" : "gauge",
				(meter instanceof TimeGauge || unit == null) ? unit(meter) : unit, tags);
	}

	private static String unit(Meter meter) {
		return (meter instanceof TimeGauge) ? "seconds" : "none";
	}

	private static Map<String, Row> table() {
		Map<String, Row> rows = new TreeMap<>();
		for (String line : Documentation.lines(Documentation.file("operations/meters.adoc"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				assertThat(rows.put(row.group(1), new Row(row.group(2), row.group(3), tags(row.group(4)))))
					.as("second row of " + row.group(1))
					.isNull();
			}
		}
		return rows;
	}

	// `name`: `value`, `value`; `name`
	private static Map<String, Set<String>> tags(String text) {
		Map<String, Set<String>> tags = new TreeMap<>();
		for (String tag : text.split(";")) {
			Matcher codes = CODE.matcher(tag);
			if (codes.find()) {
				Set<String> values = new TreeSet<>();
				tags.put(codes.group(1), values);
				while (codes.find()) {
					values.add(codes.group(1));
				}
			}
		}
		return tags;
	}

	/**
	 * What the table tells of a meter.
	 *
	 * @param type its type
	 * @param unit its base unit
	 * @param tags the values of its tags, none for one that is not closed
	 */
	private record Row(String type, String unit, Map<String, Set<String>> tags) {

		Row merge(Row other) {
			assertThat(other.type).isEqualTo(this.type);
			assertThat(other.unit).isEqualTo(this.unit);
			Map<String, Set<String>> merged = new TreeMap<>(this.tags);
			other.tags.forEach((key, values) -> merged.merge(key, values, (one, more) -> {
				Set<String> both = new TreeSet<>(one);
				both.addAll(more);
				return both;
			}));
			return new Row(this.type, this.unit, merged);
		}

	}

}
