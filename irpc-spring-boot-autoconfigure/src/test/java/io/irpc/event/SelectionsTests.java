package io.irpc.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.irpc.annotation.IrpcEvent;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadFilter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How subscriptions share what they select.
 */
class SelectionsTests {

	private final PayloadConverter converter = new PayloadConverter(new JsonMapper());

	private final EventTypeRegistry types = new EventTypeRegistry(this.converter, List.of(Chosen.class));

	private final Selections selections = new Selections(this.converter);

	@Test
	void whenSelectionsAreEqualThenAnEntryIsFilteredAndEncodedOnce() {
		Selection first = this.selections.acquire(selection("{\"n.gt\":1}"));
		Selection second = this.selections.acquire(selection("{\"n.gt\":1}"));
		Selection other = this.selections.acquire(selection("{\"n.gt\":2}"));
		assertThat(second).isSameAs(first);
		EventBatch batch = this.selections.selectAll(List.of(entry(1), entry(2), entry(3)));
		assertThat(batch.selected()).hasSize(2);
		assertThat(batch.of(first)).extracting((one) -> one.entry().position().value()).containsExactly(2L, 3L);
		assertThat(batch.of(other)).extracting((one) -> one.entry().position().value()).containsExactly(3L);
		assertThat(batch.newest()).isEqualTo(new Position(3));
		assertThat(batch.of(selection("{\"n.gt\":1}"))).isNull();
	}

	@Test
	void whenTheLastSubscriptionIsGoneThenNothingIsSelectedForIt() {
		Selection first = this.selections.acquire(selection("{\"n.gt\":1}"));
		this.selections.acquire(selection("{\"n.gt\":1}"));
		this.selections.release(first);
		assertThat(this.selections.selectAll(List.of(entry(1))).selected()).hasSize(1);
		this.selections.release(first);
		assertThat(this.selections.selectAll(List.of(entry(1))).selected()).isEmpty();
	}

	@Test
	void whenFilterCannotLookIntoAnEventThenItIsSelected() {
		Selection selection = selection("{\"n.gt\":1}");
		JournalEntry entry = new JournalEntry(new Position(1), "chosen", Instant.EPOCH, Payload.ofJson("{\"n\":1e999}"),
				null);
		assertThat(this.selections.select(selection, List.of(entry))).hasSize(1);
	}

	private Selection selection(String where) {
		EventType type = Objects.requireNonNull(this.types.find(Chosen.class));
		return new Selection(type, Set.of(), PayloadFilter.of(Payload.ofJson(where), this.converter),
				new FiringShape(Map.of(), Set.of()));
	}

	private static JournalEntry entry(int number) {
		return new JournalEntry(new Position(number), "chosen", Instant.EPOCH, Payload.ofJson("{\"n\":" + number + "}"),
				null);
	}

	@IrpcEvent("chosen")
	record Chosen(int n) {

	}

}
