package io.irpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
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
	void whenATurnLastsThenTheOthersWaitForItsEnd() {
		add("a", "a1", "a2", "a3", "a4");
		add("b", "b1", "b2");
		for (long now : new long[] { 1000, 1050, 1100, 1101, 1102, 1103 }) {
			run(this.queue.poll(now, 100));
		}
		assertThat(this.run).containsExactly("a1", "a2", "a3", "b1", "b2", "a4");
		assertThat(this.queue.size()).isZero();
	}

	@Test
	void whenAnOwnerComesBackThenItsTurnBeginsAnew() {
		add("a", "a1");
		run(this.queue.poll(1000, 100));
		add("a", "a2", "a3");
		add("b", "b1");
		run(this.queue.poll(2000, 100));
		run(this.queue.poll(2099, 100));
		run(this.queue.poll(2100, 100));
		assertThat(this.run).containsExactly("a1", "a2", "a3", "b1");
	}

	@Test
	void whenATaskIsWithdrawnThenItIsNotRunUnlessItWasTaken() {
		WorkerTask first = add("a", "a1");
		WorkerTask seen = add("b", "b1");
		assertThat(this.queue.size()).isEqualTo(2);
		WorkerTask unseen = add("a", "a2", "a3");
		run(this.queue.poll(0, 0));
		assertThat(this.queue.withdraw(first)).isFalse();
		assertThat(this.queue.withdraw(seen)).isTrue();
		assertThat(this.queue.withdraw(unseen)).isTrue();
		assertThat(this.queue.size()).isEqualTo(1);
		runAll();
		assertThat(this.run).containsExactly("a1", "a2");
		assertThat(this.queue.size()).isZero();
	}

	@Test
	void whenAPoolEndsThenTheTasksOfItsOwnersAreTakenOut() {
		add("a", "a1");
		this.queue.add(new WorkerTask("other pool", "b", () -> this.run.add("b1")));
		add("c", "c1", "c2");
		assertThat(this.queue.removeAllOf("pool")).extracting(WorkerTask::owner)
			.containsExactlyInAnyOrder("a", "c", "c");
		assertThat(this.queue.size()).isEqualTo(1);
		runAll();
		assertThat(this.run).containsExactly("b1");
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

	private WorkerTask add(String owner, String... names) {
		WorkerTask last = null;
		for (String name : names) {
			last = new WorkerTask("pool", owner, () -> this.run.add(name));
			this.queue.add(last);
		}
		return Objects.requireNonNull(last);
	}

	private void runAll() {
		for (WorkerTask task = this.queue.poll(0, 0); task != null; task = this.queue.poll(0, 0)) {
			run(task);
		}
	}

	private static void run(@Nullable WorkerTask task) {
		assertThat(task).isNotNull();
		Objects.requireNonNull(task).action().run();
	}

}
