package io.irpc.event;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.journal.EventJournal;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events belong to the trace of the command that raises them, without a tracer (protocol
 * §6, feature {@code trace}).
 */
class EventTraceTests {

	private static final String TRACED = "!identify@0\tname=\"desk\"\tversion=\"1.1\"\tfeatures=[\"trace\"]";

	private static final String RAISE = "!call@r\tfn:raise\ttraceparent:00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

	private static final String CHILD = "\ttraceparent:00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01\t";

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenCommandWithATraceRaisesAnEventThenLiveAndReplayedFiringsBelongToIt() {
		this.runner.run((context) -> {
			String cursor = know(context);
			try (RawClient peer = ServerRunner.connect(context); RawClient caller = ServerRunner.connect(context)) {
				peer.ask(TRACED);
				peer.ask("!callback@1\tadd:live\tev:traced");
				assertThat(caller.ask(RAISE)).isEqualTo(">r\t\tnull");
				String live = peer.read();
				assertThat(live).containsPattern("fired:live" + ".*" + CHILD);
				peer.send("!callback@2\tadd:again\tev:traced\tsince=" + cursor);
				assertThat(peer.read()).startsWith(">2\t\t{");
				String again = peer.read();
				assertThat(again).contains("fired:again").containsPattern(CHILD);
				assertThat(trace(again)).isEqualTo(trace(live));
			}
		});
	}

	@Test
	void whenPeerDoesNotKnowTracesThenItsFiringsHaveNone() {
		this.runner.run((context) -> {
			know(context);
			try (RawClient peer = ServerRunner.connect(context); RawClient caller = ServerRunner.connect(context)) {
				peer.ask("!callback@1\tadd:live\tev:traced");
				caller.ask(RAISE);
				assertThat(peer.read()).contains("fired:live").doesNotContain("traceparent");
			}
		});
	}

	@Test
	void whenEventIsRaisedOutsideOfATraceThenItsFiringsHaveNone() {
		this.runner.run((context) -> {
			know(context);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask(TRACED);
				peer.ask("!callback@1\tadd:live\tev:traced");
				context.publishEvent(new Traced(2));
				assertThat(peer.read()).contains("fired:live").doesNotContain("traceparent");
			}
		});
	}

	private static String trace(@Nullable String firing) {
		return String.valueOf(firing).replaceAll(".*\ttraceparent:(\\S+)\t.*", "$1");
	}

	private static String know(ApplicationContext context) {
		context.publishEvent(new Traced(0));
		return "\"" + context.getBean(EventJournal.class).head() + "\"";
	}

	@IrpcEvent("traced")
	record Traced(int number) {

	}

	@IrpcService
	static class Functions {

		private final ApplicationEventPublisher publisher;

		Functions(ApplicationEventPublisher publisher) {
			this.publisher = publisher;
		}

		public void raise() {
			this.publisher.publishEvent(new Traced(1));
		}

	}

}
