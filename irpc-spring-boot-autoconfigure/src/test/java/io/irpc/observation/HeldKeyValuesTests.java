package io.irpc.observation;

import java.util.Random;

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

	private final HeldKeyValues held = new HeldKeyValues();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void whateverIsAddedAndRemovedThenItHasWhatAContextOfMicrometerHas(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 500; i++) {
			String key = KEYS[random.nextInt(KEYS.length)];
			KeyValue keyValue = KeyValue.of(key, "value " + i);
			switch (random.nextInt(3)) {
				case 0 -> {
					this.expected.addLowCardinalityKeyValue(keyValue);
					this.held.add(keyValue);
				}
				case 1 -> {
					KeyValues keyValues = KeyValues.of(keyValue,
							KeyValue.of(KEYS[random.nextInt(KEYS.length)], "other value " + i));
					this.expected.addLowCardinalityKeyValues(keyValues);
					this.held.add(keyValues);
				}
				default -> {
					this.expected.removeLowCardinalityKeyValue(key);
					this.held.remove(key);
				}
			}
			assertThat(this.held.all()).isEqualTo(this.expected.getLowCardinalityKeyValues());
			for (String each : KEYS) {
				assertThat(this.held.find(each)).isEqualTo(this.expected.getLowCardinalityKeyValue(each));
			}
		}
	}

	@Test
	void whenTheSameKeysAreAddedThenTheirValuesAreReplacedAsTheyAre() {
		KeyValues first = KeyValues.of("a", "1", "b", "2");
		KeyValues second = KeyValues.of("a", "3", "b", "4", "c", "5");
		this.held.add(first);
		assertThat(this.held.all()).isSameAs(first);
		this.held.add(second);
		assertThat(this.held.all()).isSameAs(second);
		this.held.add(first);
		assertThat(this.held.all()).isEqualTo(KeyValues.of("a", "1", "b", "2", "c", "5"));
	}

}
