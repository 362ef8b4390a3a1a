package io.irpc.fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import io.irpc.fault.HandlingLog.Kind;
import io.irpc.fault.HandlingLog.Line;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that {@link JournalIndex}, {@link DurableCheck} and {@link TransientCheck} notice
 * what they are there for.
 */
class DeliveryCheckTests {

	private static final int EVENTS = 100;

	private final List<Line> lines = new ArrayList<>();

	@Test
	void whenProcessesHandleEverythingThenRepeatsAreCounted() {
		start(0).durable(1, 60).kill();
		start(50).durable(51, EVENTS);
		assertThat(durable())
			.hasToString("durable: 100 events handled, with 10 repeats in 110 deliveries," + " at most 10 at once");
	}

	@Test
	void whenEventIsMissingThenDurableCheckFails() {
		start(0).durable(1, 49).durable(51, EVENTS);
		assertDurableFails("index of");
		this.lines.clear();
		start(0).durable(1, 49);
		start(50).durable(51, EVENTS);
		assertDurableFails("events handled again");
		this.lines.clear();
		start(0).durable(1, EVENTS - 1);
		assertDurableFails("events handled");
	}

	@Test
	void whenEventIsHandledTwiceInOneProcessThenDurableCheckFails() {
		start(0).durable(1, 50).durable(50, EVENTS);
		assertDurableFails("index of");
	}

	@Test
	void whenRepeatWasStoredAsAcknowledgedThenDurableCheckFails() {
		start(0).durable(1, 60);
		start(60).durable(60, EVENTS);
		assertDurableFails("first cursor of a process");
	}

	@Test
	void whenMoreIsRepeatedThanAWindowThenDurableCheckFailsUnlessTheDaemonWasKilled() {
		start(0).durable(1, 60);
		start(0).durable(60 - FaultClient.WINDOW, EVENTS);
		assertDurableFails("events handled again");
		this.lines.clear();
		start(0).durable(1, 60).kill();
		start(0).durable(60 - FaultClient.WINDOW, EVENTS);
		assertThat(durable()).isNotNull();
	}

	@Test
	void whenDurableSubscriptionIsToldOfAGapThenDurableCheckFails() {
		start(0).durable(1, EVENTS);
		this.lines.add(Line.of(Kind.DURABLE_GAP, 1));
		assertDurableFails("Nothing may be missing");
	}

	@Test
	void whenEventIsNotWhatWasCommittedThenCheckFails() {
		this.lines.add(new Line(Kind.DURABLE, 1, new NumberedEvent(1, 2)));
		assertDurableFails("event of");
		this.lines.clear();
		this.lines.add(new Line(Kind.DURABLE, EVENTS + 1, new NumberedEvent(1, EVENTS + 1)));
		assertDurableFails("positions");
	}

	@Test
	void whenJournalIsNotWhatWasCommittedThenThereIsNoIndex() {
		Truth.Entry first = new Truth.Entry(1, new NumberedEvent(1, 1));
		Truth.Entry second = new Truth.Entry(2, new NumberedEvent(1, 2));
		assertNoIndex(List.of(first), Set.of(first.event(), second.event()));
		assertNoIndex(List.of(first, second), Set.of(first.event()));
		assertNoIndex(List.of(first, new Truth.Entry(2, first.event())), Set.of(first.event()));
		assertNoIndex(List.of(second, first), Set.of(first.event(), second.event()));
	}

	@Test
	void whenEventsAreMissingThenTransientCheckFailsUnlessAGapWasTold() {
		handle(Kind.TRANSIENT, 10, 20);
		handle(Kind.TRANSIENT, 22, 30);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> new TransientCheck(index()).check(this.lines))
			.withMessageContaining("is told before");
		this.lines.clear();
		handle(Kind.TRANSIENT, 10, 20);
		this.lines.add(Line.of(Kind.TRANSIENT_GAP, 21));
		handle(Kind.TRANSIENT, 22, 30);
		start(0);
		handle(Kind.TRANSIENT, 50, 60);
		TransientCheck check = new TransientCheck(index());
		check.check(this.lines);
		assertThat(check).hasToString("not durable: 31 events handled, 1 missing within processes, 1 gaps told");
	}

	private DeliveryCheckTests start(long stored) {
		this.lines.add(Line.of(Kind.CLIENT_STARTED, stored));
		return this;
	}

	private DeliveryCheckTests durable(long first, long last) {
		return handle(Kind.DURABLE, first, last);
	}

	private DeliveryCheckTests handle(Kind kind, long first, long last) {
		LongStream.rangeClosed(first, last)
			.forEach((number) -> this.lines.add(new Line(kind, number, new NumberedEvent(1, number))));
		return this;
	}

	private void kill() {
		this.lines.add(Line.of(Kind.DAEMON_KILLED, 0));
	}

	private DurableCheck durable() {
		DurableCheck check = new DurableCheck(index());
		check.check(this.lines);
		return check;
	}

	private void assertDurableFails(String problem) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this::durable).withMessageContaining(problem);
	}

	private static void assertNoIndex(List<Truth.Entry> journal, Set<NumberedEvent> rows) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> new JournalIndex(new Truth(journal, rows)));
	}

	private static JournalIndex index() {
		List<Truth.Entry> journal = LongStream.rangeClosed(1, EVENTS)
			.mapToObj((number) -> new Truth.Entry(number, new NumberedEvent(1, number)))
			.toList();
		return new JournalIndex(new Truth(journal, new HashSet<>(journal.stream().map(Truth.Entry::event).toList())));
	}

}
