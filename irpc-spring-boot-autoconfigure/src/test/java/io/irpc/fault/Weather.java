package io.irpc.fault;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What holds up all bytes of all links.
 */
final class Weather {

	private final Set<Side> frozen = EnumSet.noneOf(Side.class);

	private Duration delay = Duration.ZERO;

	synchronized void freeze(Set<Side> senders) {
		this.frozen.addAll(senders);
	}

	synchronized void delay(Duration delay) {
		this.delay = delay;
	}

	synchronized void heal() {
		this.frozen.clear();
		this.delay = Duration.ZERO;
		notifyAll();
	}

	/**
	 * Hold up the bytes that the calling thread carries.
	 * @param sender who has sent them
	 */
	synchronized void pass(Side sender) throws InterruptedException {
		long begin = System.nanoTime();
		for (long left = left(sender, begin); left > 0; left = left(sender, begin)) {
			TimeUnit.NANOSECONDS.timedWait(this, left);
		}
	}

	private long left(Side sender, long begin) {
		return this.frozen.contains(sender) ? Long.MAX_VALUE : begin + this.delay.toNanos() - System.nanoTime();
	}

}
