package io.irpc.fault;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.irpc.annotation.IrpcService;
import io.irpc.call.ConnectionLostException;
import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.test.BadLink;
import io.irpc.test.Ending;
import io.irpc.test.Side;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The link is cut at a random byte, a thousand times, while calls with side effects run:
 * each effect happens once or never, and the caller is told which (protocol §6, feature
 * {@code outcome}).
 */
class CutCallsTests {

	private static final int CUTS = 1000;

	/**
	 * A login and some twenty calls.
	 */
	private static final int CUT_WITHIN = 2500;

	private static final int CALLERS = 8;

	private final Map<Long, Told> told = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicBoolean done = new AtomicBoolean();

	@Test
	void whenLinkIsCutAnywhereThenEachEffectHappensOnceOrNeverAndTheCallerIsTold() {
		long seed = ThreadLocalRandom.current().nextLong();
		ProxiedClients.server().withUserConfiguration(Effects.class).run((context) -> {
			Ledger ledger = context.getBean(Ledger.class);
			try (BadLink link = BadLink.to(context.getBean(IrpcServer.class).port())) {
				try (IrpcClient client = ProxiedClients.client(link)) {
					Thread[] callers = IntStream.range(0, CALLERS)
						.mapToObj((i) -> new Thread(() -> callOn(client), "caller-" + i))
						.toArray(Thread[]::new);
					for (Thread caller : callers) {
						caller.start();
					}
					SplittableRandom random = new SplittableRandom(seed);
					for (int i = 0; i < CUTS; i++) {
						cut(link, random);
					}
					this.done.set(true);
					link.heal();
					for (Thread caller : callers) {
						caller.join();
					}
				}
				System.out.println("CutCallsTests: seed " + seed + ", " + link.connections() + " links, "
						+ count(Told.DONE) + " calls done, " + count(Told.DONE_WITHOUT_ANSWER)
						+ " done without an answer, " + count(Told.NOT_CALLED) + " not called");
			}
			assertThat(this.unexpected).as("seed " + seed).isEmpty();
			this.told.forEach((number, outcome) -> assertThat(ledger.effects(number))
				.as("effects of call " + number + ", told " + outcome + ", seed " + seed)
				.isEqualTo((outcome != Told.NOT_CALLED) ? 1 : 0));
			assertThat(count(Told.DONE)).isGreaterThan(CUTS);
			Set<Long> untold = new HashSet<>(ledger.effects.keySet());
			untold.removeAll(this.told.keySet());
			assertThat(untold).as("effects that nobody was told of").isEmpty();
		});
	}

	private static void cut(BadLink link, SplittableRandom random) {
		int opened = link.connections();
		link.cutNextAfter((random.nextInt(2) == 0) ? Side.CLIENT : Side.SERVER, random.nextInt(CUT_WITHIN),
				(random.nextInt(2) == 0) ? Ending.RESET : Ending.FINISH);
		// the client may have connected before, to what would stay whole
		link.reset();
		await().atMost(Duration.ofSeconds(20))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> link.connections() > opened && !link.isWhole(opened));
	}

	private void callOn(IrpcClient client) {
		while (!this.done.get()) {
			long number = this.numbers.incrementAndGet();
			try {
				Long answer = client.call("ledger.add").argument(number).retrieve(Long.class);
				assertThat(answer).isEqualTo(-number);
				this.told.put(number, Told.DONE);
			}
			catch (NotConnectedException ex) {
				this.told.put(number, Told.NOT_CALLED);
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
			}
			catch (ConnectionLostException.AnswerForgotten ex) {
				this.told.put(number, Told.DONE_WITHOUT_ANSWER);
			}
			catch (RuntimeException | Error ex) {
				this.unexpected.add(ex);
			}
		}
	}

	private long count(Told outcome) {
		return this.told.values().stream().filter(outcome::equals).count();
	}

	private enum Told {

		DONE, DONE_WITHOUT_ANSWER, NOT_CALLED

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Ledger.class)
	static class Effects {

	}

	@IrpcService("ledger")
	static class Ledger {

		private final Map<Long, Integer> effects = new ConcurrentHashMap<>();

		public long add(long number) {
			if (number % 4 == 0) {
				// the link may be cut before the effect, and after it
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(number % 3));
			}
			this.effects.merge(number, 1, Integer::sum);
			if (number % 8 == 0) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
			}
			return -number;
		}

		int effects(long number) {
			return this.effects.getOrDefault(number, 0);
		}

	}

}
