package io.irpc.event;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.journal.JournalEntry;
import io.irpc.payload.PayloadException;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What of an event is hidden from whom, and stands in no text.
 */
@ExtendWith(OutputCaptureExtension.class)
class SensitiveEventTests {

	private static final Paid EVENT = new Paid("a\tä\"}", 2.50, List.of(new Part("x", "s1"), new Part("y", null)),
			Map.of("iban", new Part("z", "s2")), "n");

	private static final String ALL = "{\"payer\":\"a\\tä\\\"}\",\"amount\":2.5,"
			+ "\"parts\":[{\"name\":\"x\",\"secret\":\"s1\"},{\"name\":\"y\",\"secret\":null}],"
			+ "\"more\":{\"iban\":{\"name\":\"z\",\"secret\":\"s2\"}},\"iban\":\"n\"}";

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class, Listener.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"                | {\"parts\":[{\"name\":\"x\"},{\"name\":\"y\"}],\"more\":{\"iban\":{\"name\":\"z\"}}}",
			"other           | {\"parts\":[{\"name\":\"x\"},{\"name\":\"y\"}],\"more\":{\"iban\":{\"name\":\"z\"}}}",
			"accounting      | {\"payer\":\"a\\tä\\\"}\",\"amount\":2.5,\"parts\":[{\"name\":\"x\"},{\"name\":\"y\"}],\"more\":{\"iban\":{\"name\":\"z\"}},\"iban\":\"n\"}",
			"audit           | {\"parts\":[{\"name\":\"x\",\"secret\":\"s1\"},{\"name\":\"y\",\"secret\":null}],\"more\":{\"iban\":{\"name\":\"z\",\"secret\":\"s2\"}}}"
			// @formatter:on
	})
	void whenUserLacksAnAuthorityThenItsMembersAreHidden(@Nullable String authority, String signal) {
		this.runner.run((context) -> {
			know(context);
			try (RawClient client = ServerRunner.connect(context)) {
				become(client, authority);
				assertThat(client.ask("!monitor@m\tev:paid")).isEqualTo(">m\t\tnull");
				context.publishEvent(EVENT);
				assertThat(client.read()).isEqualTo(">m\tSignal\t" + signal);
			}
			List<JournalEntry> entries = EventDeliveryTests.entries(context);
			assertThat(entries).singleElement().extracting((entry) -> entry.arguments().json()).isEqualTo(ALL);
		});
	}

	@Test
	void whenAuthoritiesChangeThenTheNextFiringShowsIt() {
		this.runner.run((context) -> {
			know(context);
			try (RawClient client = ServerRunner.connect(context); RawClient full = ServerRunner.connect(context)) {
				become(client, "accounting");
				become(full, "accounting,audit");
				assertThat(client.ask("!monitor@m\tev:paid")).isEqualTo(">m\t\tnull");
				assertThat(full.ask("!monitor@f\tev:paid")).isEqualTo(">f\t\tnull");
				context.publishEvent(EVENT);
				assertThat(client.read()).contains("payer").doesNotContain("secret");
				assertThat(full.read()).isEqualTo(">f\tSignal\t" + ALL);
				become(client, "audit");
				context.publishEvent(EVENT);
				assertThat(client.read()).contains("secret").doesNotContain("payer");
				assertThat(full.read()).isEqualTo(">f\tSignal\t" + ALL);
			}
		});
	}

	@Test
	void whenSignatureIsAskedForThenHiddenMembersAreNotInIt() {
		this.runner.run((context) -> {
			know(context);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!help@1\tev:paid")).isEqualTo(">1\t\t\"signal paid(parts, more)\"");
				become(client, "accounting");
				assertThat(client.ask("!help@2\tev:paid"))
					.isEqualTo(">2\t\t\"signal paid(payer, amount, parts, more, iban)\"");
			}
		});
	}

	@Test
	void whenDeclaredTypeDoesNotShowWhatIsToBeHiddenThenTheEventIsNotRaised() {
		this.runner.run((context) -> {
			know(context);
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> context.publishEvent(new Loose(new Part("x", "s1"))))
				.havingCause()
				.withMessageContaining("The member secret needs the authority audit");
			assertThat(EventDeliveryTests.entries(context)).isEmpty();
			context.publishEvent(new Loose("harmless"));
			assertThat(EventDeliveryTests.entries(context)).hasSize(1);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "word={\"hunter2\":1}|Event told: member word: expected a string",
					"word=hunter2|Event told: malformed", "word=\"hunter2|Event told: malformed" })
	void whenPeerRaisesItWronglyThenTheErrorDoesNotTellTheValue(String arguments, String message,
			CapturedOutput output) {
		this.runner.run((context) -> {
			know(context);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tev:told\t" + arguments)).startsWith(">1\tException\t\"" + message)
					.doesNotContain("hunter2");
			}
		});
		assertThat(output).doesNotContain("hunter2");
	}

	@Test
	void whenListenerFailsThenTheLogHasNoMessages(CapturedOutput output) {
		this.runner.run((context) -> {
			know(context);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tev:told\tword=\"hunter2\"")).contains("Internal error");
			}
		});
		assertThat(output).contains("message withheld").doesNotContain("hunter2");
	}

	private static void become(RawClient client, @Nullable String authorities) {
		if (authorities != null) {
			assertThat(client.ask("!call@b\tfn:become\t=\"" + authorities + "\"")).isEqualTo(">b\t\tnull");
		}
	}

	private static void know(ApplicationContext context) {
		for (Class<?> type : List.of(Paid.class, Told.class, Loose.class)) {
			type(context, type);
		}
	}

	private static EventType type(ApplicationContext context, Class<?> type) {
		return Objects.requireNonNull(context.getBean(EventTypeRegistry.class).find(type));
	}

	@IrpcEvent("paid")
	record Paid(@IrpcSensitive(authority = "accounting") String payer,
			@IrpcSensitive(authority = "accounting") double amount, List<Part> parts, Map<String, Part> more,
			@IrpcSensitive(authority = "accounting") @JsonProperty("iban") String account) {

	}

	record Part(String name, @IrpcSensitive(authority = "audit") @Nullable String secret) {

	}

	@IrpcEvent("loose")
	record Loose(Object value) {

	}

	@IrpcEvent(value = "told", remoteRaise = true)
	record Told(@IrpcSensitive String word) {

	}

	static class Listener {

		@EventListener
		void fail(Told event) {
			if (event.word().equals("hunter2")) {
				throw new IllegalStateException(event.word());
			}
		}

	}

	@IrpcService
	static class Functions {

		public void become(String authorities, IrpcSession session) {
			session.changeUser(new SessionUser(() -> "ann", new TreeSet<>(List.of(authorities.split(",")))));
		}

	}

}
