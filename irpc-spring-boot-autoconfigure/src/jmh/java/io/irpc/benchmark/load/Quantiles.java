package io.irpc.benchmark.load;

import java.util.List;

/**
 * Finds medians and other quantiles, which single disturbances do not move.
 */
final class Quantiles {

	private Quantiles() {
	}

	/**
	 * Return the value that so much of all values is below.
	 * @param all the values, not empty
	 * @param part such as 0.5 for the median, below 1
	 * @return one of the values
	 */
	static double of(List<Double> all, double part) {
		return all.stream().sorted().toList().get((int) (part * all.size()));
	}

}
