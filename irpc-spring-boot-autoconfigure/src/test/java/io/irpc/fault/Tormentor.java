package io.irpc.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.irpc.test.BadLink;
import io.irpc.test.Ending;
import io.irpc.test.Side;
import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * Lets a daemon, a client and the link between them fail in the order of a seed.
 */
final class Tormentor {

	private static final int MAX_DELAY_MILLIS = 30;

	private static final int CUTS_IN_A_ROW = 25;

	/**
	 * Beyond the login, the subscriptions and several firings.
	 */
	private static final int LAST_CUT = 1500;

	private static final Duration REACHED = Duration.ofSeconds(5);

	private final FaultySystem system;

	private final Random random;

	private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

	private final Set<Fault> faults;

	private final Duration longestPause;

	private int cuts;

	/**
	 * Create a tormentor.
	 * @param system what is to fail
	 * @param seed the seed of the order and of all times
	 * @param faults what to let happen
	 * @param longestPause how long anything lasts at the most
	 */
	Tormentor(FaultySystem system, long seed, Set<Fault> faults, Duration longestPause) {
		this.system = system;
		this.random = new Random(seed);
		this.faults = faults;
		this.longestPause = longestPause;
	}

	/**
	 * Let things fail, each as often as any other, and leave all whole in the end.
	 * @param goesOn asked before each failure
	 */
	void torment(BooleanSupplier goesOn) {
		List<Fault> next = new ArrayList<>();
		while (goesOn.getAsBoolean()) {
			if (next.isEmpty()) {
				next.addAll(this.faults);
				Collections.shuffle(next, this.random);
			}
			Fault fault = next.remove(0);
			this.counts.merge(fault, 1, Integer::sum);
			inflict(fault);
			// some faults meet a system that has not recovered from the one before
			if (this.random.nextInt(3) == 0) {
				pause();
			}
			else {
				this.system.awaitProgress();
			}
		}
		this.system.link().heal();
	}

	private void inflict(Fault fault) {
		switch (fault) {
			case DAEMON_KILLED -> {
				loseAcknowledgements(this.system::killDaemon);
				this.system.startDaemon();
			}
			case CLIENT_KILLED -> {
				loseAcknowledgements(this.system::killClient);
				this.system.startClient();
			}
			case BOTH_KILLED -> {
				loseAcknowledgements(() -> {
					this.system.killClient();
					this.system.killDaemon();
				});
				this.system.startDaemon();
				this.system.startClient();
			}
			case LINK_CUT -> {
				for (int i = 0; i < CUTS_IN_A_ROW; i++) {
					cutNext();
				}
			}
			case LINK_FROZEN -> {
				if (this.random.nextBoolean()) {
					this.system.link().freeze();
				}
				else {
					this.system.link().freeze(randomSide());
				}
				pause();
				this.system.link().heal();
			}
			case LINK_HALF_OPEN -> {
				this.system.link().halfOpen(randomSide());
				pause();
			}
			case LINK_SLOW -> {
				this.system.link().delay(Duration.ofMillis(this.random.nextInt(MAX_DELAY_MILLIS)));
				pause();
				this.system.link().heal();
			}
		}
	}

	// walks through an exchange from its first byte on, in turn for both sides
	private void cutNext() {
		BadLink link = this.system.link();
		Side sender = (this.cuts % 2 == 0) ? Side.CLIENT : Side.SERVER;
		Ending ending = this.random.nextBoolean() ? Ending.RESET : Ending.FINISH;
		int opened = link.connections();
		link.cutNextAfter(sender, this.cuts / 2 % LAST_CUT, ending);
		link.reset();
		try {
			await().atMost(REACHED).until(() -> link.connections() > opened && !link.isWhole(opened));
		}
		catch (ConditionTimeoutException ex) {
			// the exchange has fewer bytes for now
		}
		this.cuts++;
	}

	private Side randomSide() {
		return this.random.nextBoolean() ? Side.CLIENT : Side.SERVER;
	}

	// every other time, so that events were handled and the daemon does not know
	private void loseAcknowledgements(Runnable kill) {
		if (this.random.nextBoolean()) {
			this.system.link().freeze(Side.CLIENT);
			pause();
		}
		kill.run();
		this.system.link().reset();
		this.system.link().heal();
	}

	private void pause() {
		try {
			TimeUnit.MILLISECONDS
				.sleep(this.random.nextLong(this.longestPause.toMillis() / 4, this.longestPause.toMillis()));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "faults: " + this.counts + ", single cuts: " + this.cuts + ", links: "
				+ this.system.link().connections();
	}

}
