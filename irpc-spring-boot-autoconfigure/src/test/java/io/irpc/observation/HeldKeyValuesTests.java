package io.irpc.observation;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import io.irpc.client.ReceivedEvent;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link HeldKeyValues}, beside the contexts of Micrometer.
 */
class HeldKeyValuesTests {

	private static final String[] KEYS = { "a", "b", "c", "d", "e" };

	private final Observation.Context expected = new Observation.Context();

	private final Observation.Context context = new IrpcClientEventContext(
			new ReceivedEvent("default", "failures", "failed", "1.1", null));

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void whateverIsAddedAndRemovedThenContextHasWhatThatOfMicrometerHas(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 500; i++) {
			String key = KEYS[random.nextInt(KEYS.length)];
			KeyValue keyValue = KeyValue.of(key, "value " + i);
			KeyValues keyValues = KeyValues.of(keyValue,
					KeyValue.of(KEYS[random.nextInt(KEYS.length)], "other value " + i));
			List<Consumer<Observation.Context>> changes = List.of((each) -> each.addLowCardinalityKeyValue(keyValue),
					(each) -> each.addHighCardinalityKeyValue(keyValue),
					(each) -> each.addLowCardinalityKeyValues(keyValues),
					(each) -> each.addHighCardinalityKeyValues(keyValues),
					(each) -> each.removeLowCardinalityKeyValue(key), (each) -> each.removeHighCardinalityKeyValue(key),
					(each) -> each.removeLowCardinalityKeyValues(key, "a"),
					(each) -> each.removeHighCardinalityKeyValues(key, "a"));
			Consumer<Observation.Context> change = changes.get(random.nextInt(changes.size()));
			change.accept(this.expected);
			change.accept(this.context);
			assertSame();
		}
	}

	@Test
	void whenTheSameKeysAreAddedThenTheirValuesAreReplacedAsTheyAre() {
		KeyValues first = KeyValues.of("a", "1", "b", "2");
		KeyValues second = KeyValues.of("a", "3", "b", "4", "c", "5");
		this.context.addLowCardinalityKeyValues(first);
		assertThat(this.context.getLowCardinalityKeyValues()).isSameAs(first);
		this.context.addLowCardinalityKeyValues(second);
		assertThat(this.context.getLowCardinalityKeyValues()).isSameAs(second);
		this.context.addLowCardinalityKeyValues(first);
		assertThat(this.context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("a", "1", "b", "2", "c", "5"));
	}

	private void assertSame() {
		assertThat(this.context.getLowCardinalityKeyValues()).isEqualTo(this.expected.getLowCardinalityKeyValues());
		assertThat(this.context.getHighCardinalityKeyValues()).isEqualTo(this.expected.getHighCardinalityKeyValues());
		assertThat(this.context.getAllKeyValues()).isEqualTo(this.expected.getAllKeyValues());
		for (String key : KEYS) {
			assertThat(this.context.getLowCardinalityKeyValue(key))
				.isEqualTo(this.expected.getLowCardinalityKeyValue(key));
			assertThat(this.context.getHighCardinalityKeyValue(key))
				.isEqualTo(this.expected.getHighCardinalityKeyValue(key));
		}
	}

}
