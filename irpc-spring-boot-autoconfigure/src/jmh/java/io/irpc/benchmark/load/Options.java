package io.irpc.benchmark.load;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a command line, such as {@code --rounds=3}.
 */
final class Options {

	private final Map<String, String> values;

	/**
	 * Read options.
	 * @param defaults the values of those that are not given, by name
	 * @param args the command line
	 * @throws IllegalArgumentException if there is no such option
	 */
	Options(Map<String, String> defaults, String[] args) {
		this.values = new LinkedHashMap<>(defaults);
		for (String arg : args) {
			String[] option = arg.split("=", 2);
			if (option.length != 2 || !arg.startsWith("--") || !this.values.containsKey(option[0].substring(2))) {
				throw new IllegalArgumentException(
						"No option " + arg + " (expected: --NAME=VALUE with a name of " + this.values.keySet() + ")");
			}
			this.values.put(option[0].substring(2), option[1]);
		}
	}

	String text(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("No option " + name);
		}
		return value;
	}

	int number(String name) {
		return Integer.parseInt(text(name));
	}

	int positive(String name) {
		int number = number(name);
		if (number < 1) {
			throw new IllegalArgumentException("--" + name + "=" + number + " (expected: >= 1)");
		}
		return number;
	}

	List<String> list(String name) {
		return Arrays.asList(text(name).split(","));
	}

}
