package io.irpc.session;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose turn it is.
 */
class FairQueueTests {

	private final FairQueue queue = new FairQueue();

	private final List<String> run = new ArrayList<>();

	@Test
	void whenOneOwnerHasManyTasksThenTheOthersHaveTheirTurn() {
		add("a", "a1", "a2", "a3");
		add("b", "b1");
		add("c", "c1", "c2");
		runAll();
		assertThat(this.run).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
	}

	@Test
	void whenTasksAreTakenOutThenTheyAreNotRun() {
		add("a", "a1", "a2");
		add("b", "b1");
		assertThat(this.queue.removeAll("a")).hasSize(2);
		assertThat(this.queue.size()).isEqualTo(1);
		runAll();
		assertThat(this.run).containsExactly("b1");
		assertThat(this.queue.size()).isZero();
	}

	private void add(String owner, String... names) {
		for (String name : names) {
			this.queue.add(owner, () -> this.run.add(name));
		}
	}

	private void runAll() {
		for (Runnable task = this.queue.poll(); task != null; task = this.queue.poll()) {
			task.run();
		}
	}

}
