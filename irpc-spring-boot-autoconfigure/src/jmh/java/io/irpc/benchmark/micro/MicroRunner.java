package io.irpc.benchmark.micro;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of this package, with what they allocate.
 */
public final class MicroRunner {

	private MicroRunner() {
	}

	/**
	 * Run benchmarks.
	 * @param args options of JMH, such as the name of a benchmark
	 * @throws RunnerException if one of them fails
	 * @throws CommandLineOptionException if there is no such option
	 */
	public static void main(String[] args) throws RunnerException, CommandLineOptionException {
		CommandLineOptions given = new CommandLineOptions(args);
		OptionsBuilder options = new OptionsBuilder();
		options.parent(given);
		if (given.getIncludes().isEmpty()) {
			options.include(MicroRunner.class.getPackageName().replace(".", "\\."));
		}
		options.addProfiler(GCProfiler.class)
			.forks(given.getForkCount().orElse(1))
			.warmupIterations(given.getWarmupIterations().orElse(3))
			.warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
			.measurementIterations(given.getMeasurementIterations().orElse(3))
			.measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)));
		new Runner(options.build()).run();
	}

}
