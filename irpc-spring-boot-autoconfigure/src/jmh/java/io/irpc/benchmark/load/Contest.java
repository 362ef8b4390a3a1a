package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares contestants that take turns of a second, so that all of them meet the machine
 * in the same state, and each ratio is that of two turns of the same cycle.
 */
final class Contest {

	private final int rounds;

	private final int warmUp;

	private final int seconds;

	/**
	 * Create an instance.
	 * @param options with {@code rounds}, each with new processes, and the turns of each
	 * contestant in a round: {@code warm-up} and {@code seconds}
	 * @throws IllegalArgumentException if nothing would be measured
	 */
	Contest(Options options) {
		this.rounds = options.positive("rounds");
		this.warmUp = options.number("warm-up");
		this.seconds = options.positive("seconds");
	}

	/**
	 * Run a contest, and print the medians of all turns, with the ratio of each rate to
	 * that of the first contestant.
	 * @param title what is compared
	 * @param contestants how to start them, by name
	 * @throws Exception if one of them fails
	 */
	void run(String title, Map<String, Start> contestants) throws Exception {
		Map<String, List<Turn>> turns = new LinkedHashMap<>();
		for (int round = 1; round <= this.rounds; round++) {
			System.out.printf("# %s, round %d of %d: %d s, and the start%n", title, round, this.rounds,
					(this.warmUp + this.seconds) * contestants.size());
			Map<String, Contestant> started = new LinkedHashMap<>();
			try {
				for (Map.Entry<String, Start> contestant : contestants.entrySet()) {
					started.put(contestant.getKey(), contestant.getValue().start());
				}
				run(started, turns);
			}
			finally {
				for (Contestant contestant : started.values()) {
					contestant.close();
				}
			}
		}
		print(title, turns);
	}

	private void run(Map<String, Contestant> started, Map<String, List<Turn>> turns) throws Exception {
		for (int i = 0; i < this.warmUp; i++) {
			for (Contestant contestant : started.values()) {
				contestant.turn();
			}
		}
		for (int i = 0; i < this.seconds; i++) {
			for (Map.Entry<String, Contestant> contestant : started.entrySet()) {
				Turn turn = contestant.getValue().turn();
				turns.computeIfAbsent(contestant.getKey(), (name) -> new ArrayList<>()).add(turn);
			}
		}
	}

	private static void print(String title, Map<String, List<Turn>> turns) {
		System.out.printf("%n%-30s %12s %7s %15s %9s %9s %9s %9s %9s %9s%n", title, "per second", "ratio",
				"middle half", "p50 µs", "p99 µs", "server B", "client B", "server ns", "client ns");
		List<Turn> first = turns.values().iterator().next();
		for (Map.Entry<String, List<Turn>> entry : turns.entrySet()) {
			List<Turn> all = entry.getValue();
			List<Double> ratios = new ArrayList<>();
			for (int i = 0; i < all.size(); i++) {
				ratios.add(all.get(i).rate() / first.get(i).rate());
			}
			System.out.printf(Locale.ROOT, "%-30s %,12.0f %7.3f %7.3f %7.3f %9.1f %9.1f %9.0f %9.0f %9.0f %9.0f%n",
					entry.getKey(), Quantiles.median(all, Turn::rate), Quantiles.of(ratios, 0.5),
					Quantiles.of(ratios, 0.25), Quantiles.of(ratios, 0.75), Quantiles.median(all, Turn::p50),
					Quantiles.median(all, Turn::p99), Quantiles.median(all, Turn::serverBytes),
					Quantiles.median(all, Turn::clientBytes), Quantiles.median(all, Turn::serverTime),
					Quantiles.median(all, Turn::clientTime));
		}
		System.out.println();
	}

	/**
	 * Starts a contestant.
	 */
	interface Start {

		Contestant start() throws Exception;

	}

}
