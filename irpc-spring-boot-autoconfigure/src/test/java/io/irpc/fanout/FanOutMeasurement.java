package io.irpc.fanout;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.irpc.support.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how fast and at which cost one event reaches thousands of sessions. Not run
 * with the other tests: {@code mvn test -Pfan-out}.
 */
class FanOutMeasurement {

	private static final int SUBSCRIBERS = 5000;

	private static final int FILTERS = 50;

	private static final int SECONDS = 10;

	private static final int ROUNDS = 2;

	private static final int WARM_UP_EVENTS = 100;

	private static final int WARM_UP_ROUNDS = 5;

	private static final String PING = "!ping@0";

	private static final String MONITOR = "!monitor@m\tev:raised";

	private static final String END_MONITOR = MONITOR + "\taction=\"disable\"";

	private static final String CALLBACK = "!callback@c\tadd:s\tev:raised";

	private static final String END_CALLBACK = "!callback@c\tremove:s";

	@Test
	void measureDeliveriesAndMemory() throws Exception {
		Process server = start();
		try (BufferedReader output = server.inputReader()) {
			int port = Integer.parseInt(find(output, FanOutServer.PORT));
			try (FanOutCrowd crowd = new FanOutCrowd(port, SUBSCRIBERS / 10); RawClient raiser = new RawClient(port)) {
				Phase phase = new Phase(crowd, raiser);
				phase.warmUp((i) -> MONITOR, END_MONITOR);
				phase.warmUp(FanOutMeasurement::filtered, END_CALLBACK);
			}
			Memory empty = memory(server, output, 0);
			try (FanOutCrowd crowd = new FanOutCrowd(port, SUBSCRIBERS); RawClient raiser = new RawClient(port)) {
				Memory connected = memory(server, output, SUBSCRIBERS + 1);
				crowd.ask((i) -> CALLBACK);
				Memory subscribed = memory(server, output, SUBSCRIBERS + 1);
				crowd.ask((i) -> END_CALLBACK);
				connected.report("a session", empty);
				subscribed.report("a callback on it", connected);
				Phase phase = new Phase(crowd, raiser);
				phase.deliver("monitor", (i) -> MONITOR, END_MONITOR);
				phase.deliver("callback, " + FILTERS + " filters", FanOutMeasurement::filtered, END_CALLBACK);
				phase.compareDeaf();
				memory(server, output, SUBSCRIBERS + 1).report("all, after the events", empty);
			}
		}
		finally {
			server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

	// different, and yet each lets everything pass
	private static String filtered(int subscriber) {
		return CALLBACK + "\twhere={\"number.gte\":-" + subscriber % FILTERS + "}";
	}

	private static Memory memory(Process server, BufferedReader output, int sessions) throws IOException {
		Memory memory;
		do {
			server.outputWriter().append("memory\n").flush();
			String[] figures = find(output, FanOutServer.MEMORY).split(" ");
			memory = new Memory(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Integer.parseInt(figures[2]));
		}
		while (memory.sessions() != sessions);
		return memory;
	}

	private static Process start() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-Xmx1g",
				"-Dirpc.server.ssl.directory=" + System.getProperty("irpc.server.ssl.directory"), "-cp",
				System.getProperty("java.class.path"), FanOutServer.class.getName())
			.redirectError(new File("target/fan-out-server.log"))
			.start();
	}

	private static String find(BufferedReader output, String prefix) throws IOException {
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(prefix)) {
				return line.substring(prefix.length());
			}
		}
		throw new AssertionError("The server has ended, see target/fan-out-server.log");
	}

	private record Memory(long heap, long direct, int sessions) {

		void report(String what, Memory before) {
			System.out.printf("Memory of the server, %s: %,d bytes of heap, %,d of direct memory%n", what,
					(this.heap - before.heap) / SUBSCRIBERS, (this.direct - before.direct) / SUBSCRIBERS);
		}

	}

	/**
	 * Raises events for one crowd and takes the time until they are there.
	 */
	private static final class Phase {

		private final FanOutCrowd crowd;

		private final RawClient raiser;

		private long raised;

		Phase(FanOutCrowd crowd, RawClient raiser) {
			this.crowd = crowd;
			this.raiser = raiser;
		}

		void warmUp(IntFunction<String> subscribe, String end) {
			this.crowd.ask(subscribe);
			eventsInTime();
			this.crowd.ask((i) -> end);
		}

		void deliver(String name, IntFunction<String> subscribe, String end) {
			this.crowd.ask(subscribe);
			report(name, raise(eventsInTime(), this.crowd.all()));
			this.crowd.ask((i) -> end);
		}

		// in turns, as the machine may have more to do at one time than at another
		void compareDeaf() {
			this.crowd.ask((i) -> CALLBACK + "\twhere={\"number.gte\":0}");
			int count = eventsInTime();
			double allRead = 0;
			double oneDeaf = 0;
			for (int i = 0; i < ROUNDS; i++) {
				allRead += report("callback, one filter", raise(count, this.crowd.all()));
				this.crowd.first().setReading(false);
				List<FanOutCrowd.Subscriber> others = this.crowd.all().subList(1, this.crowd.size());
				oneDeaf += report("callback, one filter, one subscriber reads nothing", raise(count, others));
				this.crowd.first().setReading(true);
				this.crowd.awaitEvents(this.crowd.all(), this.raised);
			}
			System.out.printf("The others with one that reads nothing: %.0f %% of the rate without it%n",
					100 * oneDeaf / allRead);
		}

		private int eventsInTime() {
			double rate = 0;
			for (int i = 0; i < WARM_UP_ROUNDS; i++) {
				rate = raise(WARM_UP_EVENTS, this.crowd.all());
			}
			return (int) Math.max(WARM_UP_EVENTS, rate * SECONDS / this.crowd.size());
		}

		/**
		 * Raise events one after the other and wait until they are there.
		 * @param count how many
		 * @param receivers the subscribers to wait for
		 * @return deliveries per second
		 */
		private double raise(int count, List<FanOutCrowd.Subscriber> receivers) {
			this.raised += count;
			long start = System.nanoTime();
			String answer = this.raiser.ask("!call@r\tfn:raise\t=" + count);
			while (PING.equals(answer)) {
				answer = this.raiser.ask(">0\t\tnull");
			}
			assertThat(answer).isEqualTo(">r\t\tnull");
			this.crowd.awaitEvents(receivers, this.raised);
			double seconds = (System.nanoTime() - start) / 1e9;
			return (double) count * receivers.size() / seconds;
		}

		private double report(String name, double rate) {
			System.out.printf("%s: %,.0f deliveries a second%n", name, rate);
			return rate;
		}

	}

}
