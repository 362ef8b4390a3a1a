package io.irpc.service;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sensitive arguments stand in no error text and in no log.
 */
@ExtendWith(OutputCaptureExtension.class)
class SensitiveArgumentTests {

	private final ApplicationContextRunner runner = ServerRunner
		.of(Functions.class, ViaInterface.class, ViaImplementation.class)
		.withPropertyValues("logging.level.root=debug");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"text malformed    | fn:text word=\"hunter2                              | Error parsing arg value: word: malformed",
			"text, two values  | fn:text word=\"hunter2\",\"hunter2\"                | Error parsing arg value: word: malformed",
			"text, not quoted  | fn:text word=hunter2                                | Error parsing arg value: word: malformed",
			"text, other shape | fn:text word={\"hunter2\":1}                        | Argument word: expected a string",
			"number            | fn:number pin=\"hunter2\"                           | Argument pin: expected a number",
			"keys of a map     | fn:keys words={\"hunter2\":[]}                      | Argument words: expected a whole number",
			"member malformed  | fn:user user={\"name\":\"n\",\"word\":\"hunter2     | Error parsing arg value: user: malformed",
			"member twice      | fn:user user={\"word\":\"hunter2\",\"word\":1}      | Error parsing arg value: user: malformed",
			"member of a shape | fn:user user={\"word\":{\"hunter2\":1}}             | Argument user: member word: expected a string",
			"other member      | fn:user user={\"word\":\"hunter2\",\"age\":\"x\"}   | Argument user: member age: expected a whole number",
			"in a list         | fn:users users=[{\"pins\":{\"hunter2\":\"a\"}}]     | Argument users: member [0].pins: expected a whole number",
			"in a map          | fn:byKey users={\"hunter2\":{\"age\":\"x\"}}        | Argument users: member [*].age: expected a whole number",
			"malformed list    | fn:users users=[{\"word\":\"hunter2\"}              | Error parsing arg value: users: malformed",
			"picky constructor | fn:picky picky={\"word\":\"hunter2\"}               | Argument picky: not a value of the expected type",
			"by setter         | fn:bean bean={\"word\":{\"hunter2\":1}}             | Argument bean: member word: expected a string",
			"setter, malformed | fn:bean bean={\"word\":\"hunter2                    | Error parsing arg value: bean: malformed",
			"on the interface  | fn:viaInterface word=hunter2                        | Error parsing arg value: word: malformed",
			"on the class      | fn:via.implementation word=hunter2                  | Error parsing arg value: word: malformed",
			"constraint        | fn:checked word=\"hunter2\"                         | Argument word: violates the constraint Echoed",
			"of a member       | fn:checkedUser user={\"name\":\"n\",\"word\":\"hunter2\"} | Argument user.word: violates the constraint Size",
			"of an element     | fn:checkedUsers users=[{\"name\":\"n\",\"word\":\"hunter2\"}] | Argument users[0].word: violates the constraint Size",
			"of a map's value  | fn:checkedMap users={\"hunter2\":{\"name\":\" \"}}  | Argument users[*].name: must not be blank",
			"other constraint  | fn:checkedUser user={\"name\":\" \"}                | Argument user.name: must not be blank",
			"of the object     | fn:checkedPair pair={\"word\":\"hunter2\"}          | Argument pair: violates the constraint Echoed"
			// @formatter:on
	})
	void whenArgumentIsRefusedThenTheErrorTellsWhereButNotTheValue(String title, String call, String message,
			CapturedOutput output) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\t" + call.replaceFirst(" ", "\t"))).as(title)
					.startsWith(">1\tException\t\"" + message)
					.doesNotContain("hunter2");
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@2\t" + call.replaceFirst(" ", "\t"))).as(title)
					.startsWith(">2\tException\t{\"code\":\"invalid_argument\",\"message\":\"" + message)
					.doesNotContain("hunter2");
			}
		});
		assertThat(output).doesNotContain("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fn:crash word=\"hunter2\"", "fn:crashUser user={\"word\":\"hunter2\"}",
			"fn:crash word=\"hunter2\" typo:hunter2" })
	void whenFunctionFailsUnexpectedlyThenTheLogHasTheStackTraceWithoutMessages(String call, CapturedOutput output) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\t" + call.replace(' ', '\t')))
					.startsWith(">1\tException\t\"Internal error, reference ");
			}
		});
		assertThat(output).contains("java.lang.IllegalStateException (message withheld")
			.contains("Caused by: java.lang.NumberFormatException (message withheld")
			.contains("Suppressed: java.lang.ArithmeticException (message withheld")
			.contains("at " + SensitiveArgumentTests.class.getName())
			.doesNotContain("hunter2");
	}

	@Test
	void whenNothingIsSensitiveThenTextsAreAsTheyWere(CapturedOutput output) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:open\tword=hunter2"))
					.startsWith(">1\tException\t\"Error parsing arg value: word=hunter2: malformed");
				assertThat(client.ask("!call@2\tfn:open\tword=\"hunter2\"")).contains("Internal error");
			}
		});
		assertThat(output).contains("java.lang.IllegalStateException: hunter2");
	}

	static RuntimeException failure(@Nullable String word) {
		IllegalStateException failure = new IllegalStateException(word, new NumberFormatException(word));
		failure.addSuppressed(new ArithmeticException(word));
		return failure;
	}

	record User(@NotBlank String name, @IrpcSensitive @Size(max = 3, message = "is ${validatedValue}") String word,
			int age, @IrpcSensitive Map<String, Integer> pins) {

	}

	record Picky(@IrpcSensitive String word) {

		Picky {
			throw failure(word);
		}

	}

	@Echoed
	record Pair(@IrpcSensitive String word) {

	}

	static class Bean {

		@IrpcSensitive
		private String word = "";

		public void setWord(String word) {
			this.word = word;
		}

		public int length() {
			return this.word.length();
		}

	}

	@Documented
	@Retention(RetentionPolicy.RUNTIME)
	@Constraint(validatedBy = Echo.class)
	@interface Echoed {

		String message() default "is ${validatedValue}";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	static class Echo implements ConstraintValidator<Echoed, Object> {

		@Override
		public boolean isValid(Object value, ConstraintValidatorContext context) {
			return false;
		}

	}

	interface Marked {

		String viaInterface(@IrpcSensitive String word);

	}

	@IrpcService
	static class ViaInterface implements Marked {

		@Override
		public String viaInterface(String word) {
			return "";
		}

	}

	@IrpcService("via")
	interface Plain {

		String implementation(String word);

	}

	static class ViaImplementation implements Plain {

		@Override
		public String implementation(@IrpcSensitive String word) {
			return "";
		}

	}

	@IrpcService
	static class Functions {

		public void text(@IrpcSensitive String word) {
		}

		public void number(@IrpcSensitive BigDecimal pin) {
		}

		public void keys(@IrpcSensitive Map<String, Integer> words) {
		}

		public void user(User user) {
		}

		public void users(List<User> users) {
		}

		public void byKey(Map<String, User> users) {
		}

		public void picky(Picky picky) {
		}

		public void bean(Bean bean) {
		}

		public void checked(@IrpcSensitive @Echoed String word) {
		}

		public void checkedUser(@Valid User user) {
		}

		public void checkedUsers(List<@Valid User> users) {
		}

		public void checkedMap(Map<String, @Valid User> users) {
		}

		public void checkedPair(@Valid Pair pair) {
		}

		public void crash(@IrpcSensitive String word) {
			throw failure(word);
		}

		public void crashUser(User user) {
			throw failure(user.word());
		}

		public void open(String word) {
			throw failure(word);
		}

	}

}
