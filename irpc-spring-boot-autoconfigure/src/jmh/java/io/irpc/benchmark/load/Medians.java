package io.irpc.benchmark.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds medians, which single disturbances do not move.
 */
final class Medians {

	private Medians() {
	}

	/**
	 * Return the median of a figure.
	 * @param <T> the type of what has been measured
	 * @param all what has been measured, not empty
	 * @param figure the figure
	 * @return the median, the upper one of two
	 */
	static <T> double of(List<T> all, ToDoubleFunction<T> figure) {
		double[] values = all.stream().mapToDouble(figure).sorted().toArray();
		return values[values.length / 2];
	}

}
