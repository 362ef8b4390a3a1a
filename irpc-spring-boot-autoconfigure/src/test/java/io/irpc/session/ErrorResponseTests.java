package io.irpc.session;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller is told of a failure, and what it is not (protocol §3 and §6).
 */
@ExtendWith(OutputCaptureExtension.class)
class ErrorResponseTests {

	private static final String ERRORS = "!identify@i\tfeatures=[\"errors\"]";

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenFunctionThrowsAnIrpcExceptionThenItGoesOutAsItIs() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:missing")).isEqualTo(">1\tException\t\"No station\\tnorth\"");
				client.ask(ERRORS);
				assertThat(client.ask("!call@2\tfn:missing"))
					.isEqualTo(">2\tException\t{\"code\":\"not_found\",\"message\":\"No station\\tnorth\","
							+ "\"details\":{\"station\":\"north\"}}");
			}
		});
	}

	@Test
	void whenDetailsHaveNoJsonFormThenTheErrorGoesOutWithoutThem() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(ERRORS);
				assertThat(client.ask("!call@1\tfn:badDetails"))
					.startsWith(">1\tException\t{\"code\":\"not_found\",\"message\":\"none\"");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "crash", "crashOnLoop", "error", "badGetter", "badGetterLater" })
	void whenFunctionCrashesThenTheCallerHasOnlyAReferenceToTheLog(String function, CapturedOutput output) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				String base = String.valueOf(client.ask("!call@1\tfn:" + function));
				assertThat(base).matches(">1\tException\t\"Internal error, reference [0-9a-f]{16}\"");
				client.ask(ERRORS);
				String answer = String.valueOf(client.ask("!call@2\tfn:" + function));
				Matcher matcher = Pattern
					.compile(">2\tException\t\\{\"code\":\"internal\","
							+ "\"message\":\"Internal error, reference ([0-9a-f]{16})\",\"reference\":\"\\1\"}")
					.matcher(answer);
				assertThat(matcher.matches()).as(answer).isTrue();
				assertThat(output).contains(matcher.group(1))
					.contains("the password is 1234")
					.contains("at " + ErrorResponseTests.class.getName() + "$");
				assertThat(client.ask("!ping@3")).isEqualTo(">3\t\tnull");
			}
		});
	}

	@Test
	void whenResolversMapExceptionsThenTheFirstAnswerCounts() {
		this.runner.withUserConfiguration(Resolvers.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask(ERRORS);
				assertThat(client.ask("!call@1\tfn:illegal"))
					.isEqualTo(">1\tException\t{\"code\":\"permission_denied\",\"message\":\"first\"}");
				assertThat(client.ask("!call@2\tfn:crash"))
					.isEqualTo(">2\tException\t{\"code\":\"unavailable\",\"message\":\"second\"}");
				assertThat(client.ask("!call@3\tfn:missing")).contains("\"code\":\"not_found\"");
			}
		});
	}

	@Test
	void whenResolverFailsThenTheCallIsAnsweredNevertheless(CapturedOutput output) {
		this.runner.withBean("failing", ErrorResponseResolver.class, () -> (failure, invocation) -> {
			throw new IllegalStateException("resolver is broken");
		}).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:crash")).startsWith(">1\tException\t\"Internal error, reference ");
				assertThat(output).contains("resolver is broken").contains("the password is 1234");
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"!nope@1                  | unknown_command  | Error. nope not registered.",
			"!call@1 fn:nope          | unknown_function | nope is not a registered function!",
			"!help@1 fn:nope          | unknown_function | nope is not a registered function!",
			"!help@1 ev:nope          | unknown_event    | nope is not a registered event!",
			"!monitor@1 ev:nope       | unknown_event    | nope is not a registered event!",
			"!call@1 ev:nope          | unknown_event    | nope is not a registered event!",
			"!call@1                  | protocol_error   | Command call needs either fn:NAME or ev:NAME",
			"!call@1 fn:crash ev:nope | protocol_error   | Command call needs either fn:NAME or ev:NAME",
			"!help@1                  | protocol_error   | Command help needs either fn:NAME or ev:NAME",
			"!monitor@1 fn:crash      | protocol_error   | Command monitor needs ev:NAME"
			// @formatter:on
	})
	void whenNameIsUnknownThenTheErrorIsWordedAsByTheOriginal(String line, String code, String message) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask(line.replace(' ', '\t'))).isEqualTo(">1\tException\t\"" + message + "\"");
				client.ask(ERRORS);
				assertThat(client.ask(line.replace(' ', '\t')))
					.isEqualTo(">1\tException\t{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}");
			}
		});
	}

	@Test
	void whenPeerHasNotOfferedErrorsThenTheyAreStrings() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tname=\"old\"\tfeatures=[\"stream\"]");
				assertThat(client.ask("!call@1\tfn:illegal")).startsWith(">1\tException\t\"Internal error");
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Resolvers {

		@Bean
		@Order(2)
		ErrorResponseResolver second() {
			return (failure, invocation) -> new IrpcException(ErrorCode.UNAVAILABLE, "second");
		}

		@Bean
		@Order(1)
		ErrorResponseResolver first() {
			return (failure, invocation) -> (failure instanceof IllegalArgumentException)
					? new IrpcException(ErrorCode.PERMISSION_DENIED, "first", failure) : null;
		}

	}

	@IrpcService
	static class Functions {

		public void missing() {
			throw new IrpcException(ErrorCode.NOT_FOUND, "No station\tnorth", Map.of("station", "north"), null);
		}

		public void badDetails() {
			Object[] cyclic = new Object[1];
			cyclic[0] = cyclic;
			throw new IrpcException(ErrorCode.NOT_FOUND, "none", cyclic, null);
		}

		public void crash() {
			throw new IllegalStateException("the password is 1234");
		}

		@IrpcFunction(nonBlocking = true)
		public void crashOnLoop() {
			crash();
		}

		public Object badGetter() {
			return new BadGetter();
		}

		public CompletableFuture<Object> badGetterLater() {
			return CompletableFuture.supplyAsync(BadGetter::new);
		}

		public void error() {
			throw new AssertionError("the password is 1234");
		}

		public void illegal() {
			throw new IllegalArgumentException("which");
		}

	}

	static class BadGetter {

		public int getValue() {
			throw new AssertionError("the password is 1234");
		}

	}

}
