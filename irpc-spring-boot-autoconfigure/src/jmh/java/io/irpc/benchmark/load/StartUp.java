package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells how long an application takes to start with and without the auto-configurations
 * of this product, each time in a new process.
 */
public final class StartUp {

	private final Options options;

	private final List<double[]> without = new ArrayList<>();

	private final List<double[]> with = new ArrayList<>();

	private final List<double[]> differences = new ArrayList<>();

	private StartUp(Options options) {
		this.options = options;
	}

	/**
	 * Start applications.
	 * @param args options, such as {@code --rounds=7}
	 * @throws Exception if one of them does not start
	 */
	public static void main(String[] args) throws Exception {
		new StartUp(new Options(Map.of("rounds", "7", "cpu", ""), args)).run();
	}

	private void run() throws Exception {
		// files are read into the memory of the machine
		start(StartUpProcess.WITH);
		for (int round = 0; round < this.options.number("rounds"); round++) {
			double[] base = start(StartUpProcess.WITHOUT);
			double[] whole = start(StartUpProcess.WITH);
			this.without.add(base);
			this.with.add(whole);
			this.differences.add(new double[] { whole[0] - base[0], whole[1] - base[1] });
		}
		System.out.printf("%-22s %10s %10s%n", "start-up", "wall ms", "CPU ms");
		print("without", this.without);
		print("with", this.with);
		print("difference of a pair", this.differences);
	}

	private double[] start(String mode) throws Exception {
		try (JavaProcess application = new JavaProcess(StartUpProcess.class, this.options.text("cpu"), List.of(mode))) {
			double[] times = application.numbers("STARTED");
			System.out.printf(Locale.ROOT, "# %s: %.0f ms, CPU %.0f ms%n", mode, times[0], times[1]);
			return times;
		}
	}

	private static void print(String name, List<double[]> times) {
		System.out.printf(Locale.ROOT, "%-22s %10.0f %10.0f%n", name, Quantiles.median(times, (pair) -> pair[0]),
				Quantiles.median(times, (pair) -> pair[1]));
	}

}
