package io.irpc.benchmark.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds medians and other quantiles, which single disturbances do not move.
 */
final class Quantiles {

	private Quantiles() {
	}

	/**
	 * Return the median of a figure.
	 * @param <T> the type of what has been measured
	 * @param all what has been measured, not empty
	 * @param figure the figure
	 * @return the median, the upper one of two
	 */
	static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
		return of(all.stream().mapToDouble(figure).boxed().toList(), 0.5);
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
