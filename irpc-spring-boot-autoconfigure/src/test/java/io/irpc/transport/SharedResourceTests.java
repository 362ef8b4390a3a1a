package io.irpc.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long what several use lives.
 */
class SharedResourceTests {

	private final AtomicInteger made = new AtomicInteger();

	private final List<Integer> ended = new ArrayList<>();

	private final SharedResource<Integer> resource = new SharedResource<>(this.made::incrementAndGet, this.ended::add);

	@Test
	void whenSeveralUseItThenTheyHaveTheSame() {
		assertThat(this.made).hasValue(0);
		assertThat(this.resource.acquire()).isEqualTo(this.resource.acquire()).isEqualTo(1);
	}

	@Test
	void whenTheLastUserLeavesThenItEnds() {
		this.resource.acquire();
		this.resource.acquire();
		this.resource.release();
		assertThat(this.ended).isEmpty();
		this.resource.release();
		assertThat(this.ended).containsExactly(1);
	}

	@Test
	void whenItIsWantedAgainThenThereIsANewOne() {
		this.resource.acquire();
		this.resource.release();
		assertThat(this.resource.acquire()).isEqualTo(2);
		this.resource.release();
		assertThat(this.ended).containsExactly(1, 2);
	}

}
