package io.irpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link NextSession}.
 */
class NextSessionTests {

	private final NextSession next = new NextSession();

	private final List<String> told = new ArrayList<>();

	@Test
	void whenItIsDecidedThenThoseWhoWaitAreToldInTheirOrder() {
		wait("first");
		wait("second").thenRun(() -> wait("fourth"));
		wait("third");
		assertThat(this.next.isDecided()).isFalse();
		this.next.completeExceptionally(new NotConnected());
		wait("fifth");
		assertThat(this.told).containsExactly("first", "second", "third", "fourth", "fifth");
		assertThat(this.next.isDecided()).isTrue();
	}

	@Test
	void whenItIsDecidedThenThatIsFinal() {
		NextSession never = NextSession.never(new NotConnected());
		never.completeExceptionally(new IllegalStateException("late"));
		assertThat(never.future()).isSameAs(never.future())
			.failsWithin(Duration.ZERO)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NotConnected.class);
	}

	private CompletableFuture<Boolean> wait(String name) {
		return this.next.future().handle((session, ex) -> this.told.add(name));
	}

	private static final class NotConnected extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
