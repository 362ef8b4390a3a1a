package io.irpc.session;

import io.irpc.protocol.Grammar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids of places, and what is none.
 */
class CommandIdsTests {

	@Test
	void eachPlaceHasAnIdOfItsOwnThatIsAsShortAsCanBe() {
		for (int i = 0; i < 5000; i++) {
			String id = CommandIds.of(i);
			assertThat(Grammar.isId(id)).isTrue();
			assertThat(id).hasSize((i < 64) ? 1 : (i < 64 * 64) ? 2 : 3);
			assertThat(CommandIds.indexOf(id, 5000)).isEqualTo(i);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "~", "a~", "é", "zz", "____________________________________________________________" })
	void whatStandsForNoPlaceIsNotFound(String id) {
		assertThat(CommandIds.indexOf(id, 100)).isEqualTo(-1);
		assertThat(CommandIds.indexOf(id, 0)).isEqualTo(-1);
	}

}
