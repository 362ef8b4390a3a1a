package io.irpc.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.fault.LagMeasurement.Handled;
import io.irpc.test.BadLink;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Takes the time from a link that works again to the event that was raised without it.
 *
 * @param context the application of the server
 * @param link the link
 * @param attempted when the client has begun to connect the last time, in nanoseconds
 * @param handled what the client has handled
 */
record RestoredLink(ApplicationContext context, BadLink link, AtomicLong attempted, BlockingQueue<Handled> handled) {

	void measure(String line, int rounds) throws InterruptedException {
		List<Double> fromRestored = new ArrayList<>();
		List<Double> fromAttempt = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			int opened = this.link.connections();
			this.link.freeze().reset();
			await().until(() -> this.link.connections() > opened);
			this.context.publishEvent(new NumberedEvent(1, i));
			// the attempt that hangs fails, so that what it has sent is not on its way
			// already
			this.link.reset();
			long restored = System.nanoTime();
			this.link.thaw();
			Handled event = this.handled.poll(20, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			assertThat(event.number()).isEqualTo(i);
			fromRestored.add((event.time() - restored) / 1e6);
			fromAttempt.add((event.time() - this.attempted.get()) / 1e6);
		}
		report(line, "link restored to event handled", fromRestored);
		report(line, "attempt to connect to event handled", fromAttempt);
	}

	private static void report(String line, String what, List<Double> millis) {
		millis.sort(null);
		System.out.printf("%-18s %-36s median %6.1f ms, 95 %% %6.1f ms (%d rounds)%n", line, what,
				millis.get(millis.size() / 2), millis.get(millis.size() * 95 / 100), millis.size());
	}

}
