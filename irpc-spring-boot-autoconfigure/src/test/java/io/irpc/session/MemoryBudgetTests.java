package io.irpc.session;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the memory of all sessions is used for.
 */
class MemoryBudgetTests {

	private final MemoryBudget budget = new MemoryBudget(1000, List.of());

	@Test
	void whenThereIsNotEnoughThenNothingIsReservedUntilSomeIsReleased() {
		assertThat(this.budget.reserve(900)).isTrue();
		assertThat(this.budget.reserve(101)).isFalse();
		assertThat(this.budget.used()).isEqualTo(900);
		this.budget.release(1);
		assertThat(this.budget.reserve(101)).isTrue();
	}

	@Test
	void whenSessionHasEndedThenItsRunningCommandsCountUntilTheyEnd() {
		assertThat(this.budget.reserve(900)).isTrue();
		this.budget.leave(900);
		assertThat(this.budget.used()).isEqualTo(900);
		assertThat(this.budget.reserve(200)).isFalse();
		this.budget.releaseLeft(900);
		assertThat(this.budget.reserve(200)).isTrue();
	}

}
