package io.irpc.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.annotation.IrpcEvent;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events raised by peers (protocol §3).
 */
class RemoteEventsTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Listener.class);

	@Test
	void whenEventDoesNotAllowItThenRaisingItIsRefused() {
		this.runner.run((context) -> {
			know(context);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tev:remote.closed\tnumber=1"))
					.isEqualTo(">1\tException\t\"Event remote.closed cannot be raised by a call\"");
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@2\tev:remote.closed\tnumber=1"))
					.startsWith(">2\tException\t{\"code\":\"permission_denied\"");
			}
			assertThat(context.getBean(Listener.class).received).isEmpty();
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "text=\"a\" number=1|Open[text=a, number=1, flag=null]",
			"=\"a\" =1 =true|Open[text=a, number=1, flag=true]", "number=1 =\"a\"|Open[text=a, number=1, flag=null]",
			"other=[] text=\"a\"|Open[text=a, number=0, flag=null]", "text=null|Open[text=null, number=0, flag=null]" })
	void whenEventAllowsItThenItIsRaisedForListenersHereAndEverywhere(String arguments, String event) {
		this.runner.run((context) -> {
			know(context);
			try (RawClient caller = ServerRunner.connect(context); RawClient other = ServerRunner.connect(context)) {
				assertThat(other.ask("!monitor@m\tev:remote.open")).isEqualTo(">m\t\tnull");
				assertThat(caller.ask("!call@1\tev:remote.open\t" + arguments.replace(' ', '\t')))
					.isEqualTo(">1\t\tnull");
				assertThat(other.read()).startsWith(">m\tSignal\t{\"text\":");
			}
			assertThat(context.getBean(Listener.class).received).extracting(Object::toString).containsExactly(event);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "text=\"a\",\"flag\":true", "text=\"a\"},{\"flag\":true", "number=1,\"flag\":true",
			"text=\"a\" \"b\"", "text=", "number=\"x\"", "number={}", "text=\"a\"\ttext=\"b\"", "flag=[true]",
			"text=\"open" })
	void whenArgumentsAreMalformedThenNothingIsRaised(String arguments) {
		this.runner.run((context) -> {
			know(context);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@1\tev:remote.open\t" + arguments))
					.startsWith(">1\tException\t{\"code\":\"invalid_argument\"")
					.doesNotContain("io.irpc");
			}
			assertThat(context.getBean(Listener.class).received).isEmpty();
		});
	}

	@Test
	void whenListenerFailsThenTheCallFails() {
		this.runner.run((context) -> {
			know(context);
			context.getBean(Listener.class).failing = true;
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tev:remote.open\ttext=\"a\""))
					.startsWith(">1\tException\t\"Internal error, reference");
			}
		});
	}

	private static void know(ApplicationContext context) {
		EventTypeRegistry types = context.getBean(EventTypeRegistry.class);
		assertThat(types.find(Closed.class)).isNotNull();
		assertThat(types.find(Open.class)).isNotNull();
	}

	@IrpcEvent("remote.closed")
	record Closed(int number) {

	}

	@IrpcEvent(value = "remote.open", remoteRaise = true)
	record Open(@Nullable String text, int number, @Nullable Boolean flag) {

	}

	static class Listener {

		final List<Object> received = new CopyOnWriteArrayList<>();

		boolean failing;

		@EventListener({ Open.class, Closed.class })
		void receive(Object event) {
			if (this.failing) {
				throw new IllegalStateException("refused here");
			}
			this.received.add(event);
		}

	}

}
