package io.irpc.test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RandomFaults}.
 */
class RandomFaultsTests {

	@Test
	void whenSeedsAreEqualThenDecisionsAre() {
		assertThat(fates(RandomFaults.ofSeed(42))).isEqualTo(fates(RandomFaults.ofSeed(42)))
			.isNotEqualTo(fates(RandomFaults.ofSeed(43)));
		assertThat(RandomFaults.ofSeed(42).fate(7)).isEqualTo(fates(RandomFaults.ofSeed(42)).get(7));
	}

	@Test
	void decisionsDifferWithinTheirBounds() {
		List<Fate> fates = fates(RandomFaults.ofSeed(42).cutWithin(10).delayUpTo(Duration.ofMillis(3)));
		assertThat(fates).allSatisfy((fate) -> assertThat(fate.delay()).isBetween(Duration.ZERO, Duration.ofMillis(3)));
		List<Cut> cuts = fates.stream().map(Fate::cut).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
		assertThat(cuts).hasSizeBetween(400, 600);
		assertThat(cuts).extracting(Cut::after).contains(0L, 10L).allMatch((after) -> after <= 10);
		assertThat(cuts).extracting(Cut::sender).contains(Side.values());
		assertThat(cuts).extracting(Cut::ending).contains(Ending.values());
	}

	@Test
	void whenBoundIsNegativeThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> RandomFaults.ofSeed(1).cutWithin(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> RandomFaults.ofSeed(1).delayUpTo(Duration.ofMillis(-1)));
	}

	private static List<Fate> fates(RandomFaults faults) {
		return IntStream.range(0, 1000).mapToObj(faults::fate).toList();
	}

}
