package io.irpc.test;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What happens at random to the connections over a {@link BadLink}: each is slow by a
 * time of its own, and every other one, on average, is cut behind some byte. It depends
 * on the seed and on how many connections there were before alone: equal seeds make equal
 * decisions.
 *
 * @param seed the seed of all decisions
 * @param cutWithin how many bytes of one side may pass before the cut, at the most
 * @param delayUpTo how long bytes may take from one end to the other, at the most
 * @since 0.1.0
 */
public record RandomFaults(long seed, long cutWithin, Duration delayUpTo) {

	private static final long DEFAULT_CUT_WITHIN = 4096;

	private static final Duration DEFAULT_DELAY_UP_TO = Duration.ofMillis(20);

	/**
	 * Odd, so that each number of a connection makes another seed.
	 */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	/**
	 * Create faults.
	 */
	public RandomFaults {
		if (cutWithin < 0 || delayUpTo.isNegative()) {
			throw new IllegalArgumentException("Random faults: cut within " + cutWithin + " bytes, delay up to "
					+ delayUpTo + " (expected: both >= 0)");
		}
	}

	/**
	 * Return faults for an exchange of a few messages: cuts within 4,096 bytes, delays up
	 * to 20 ms.
	 * @param seed the seed of all decisions
	 * @return the faults
	 */
	public static RandomFaults ofSeed(long seed) {
		return new RandomFaults(seed, DEFAULT_CUT_WITHIN, DEFAULT_DELAY_UP_TO);
	}

	/**
	 * Return the same faults with cuts elsewhere.
	 * @param bytes how many bytes of one side may pass before the cut, at the most
	 * @return the faults
	 */
	public RandomFaults cutWithin(long bytes) {
		return new RandomFaults(this.seed, bytes, this.delayUpTo);
	}

	/**
	 * Return the same faults with other delays.
	 * @param delay how long bytes may take from one end to the other, at the most
	 * @return the faults
	 */
	public RandomFaults delayUpTo(Duration delay) {
		return new RandomFaults(this.seed, this.cutWithin, delay);
	}

	/**
	 * Decide about one connection.
	 * @param number how many connections there were before
	 * @return what is to happen to it
	 */
	Fate fate(int number) {
		SplittableRandom random = new SplittableRandom(this.seed + SPREAD * number);
		Fate fate = new Fate(Duration.ofNanos(random.nextLong(this.delayUpTo.toNanos() + 1)), null);
		if (random.nextInt(2) == 0) {
			return fate;
		}
		Side sender = (random.nextInt(2) == 0) ? Side.CLIENT : Side.SERVER;
		Ending ending = (random.nextInt(2) == 0) ? Ending.RESET : Ending.FINISH;
		return fate.withCut(new Cut(sender, random.nextLong(this.cutWithin + 1), ending));
	}

}
