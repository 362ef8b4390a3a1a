package io.irpc.session;

import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the time between pings that peers agree on when they identify.
 */
class KeepAliveTests {

	@ParameterizedTest
	@CsvSource({ "5, 15", "15, 15", "120, 120", "300, 300", "4000, 300" })
	void whenPeerAsksForATimeThenTheAnswerSaysWhatHolds(int asked, int held) {
		assertThat(identify("\tfeatures=[\"keepalive\"]\tkeepAlive=" + asked)).contains("\"keepAlive\":" + held + "}");
	}

	@Test
	void whenPeerDoesNotKnowTheFeatureThenNothingIsAgreed() {
		assertThat(identify("\tfeatures=[]\tkeepAlive=120")).startsWith(">0\t\t{").doesNotContain("keepAlive");
	}

	private static String identify(String arguments) {
		StringBuilder answer = new StringBuilder();
		ServerRunner.of().run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				answer.append(client.ask("!identify@0\tname=\"peer\"" + arguments));
			}
		});
		return answer.toString();
	}

}
