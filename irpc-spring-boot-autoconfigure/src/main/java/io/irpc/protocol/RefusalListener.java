package io.irpc.protocol;

/**
 * Hears of each refusal. Called on any thread; must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RefusalListener {

	/**
	 * A peer was refused.
	 * @param limit the limit that it exceeded
	 */
	void refused(Limit limit);

}
