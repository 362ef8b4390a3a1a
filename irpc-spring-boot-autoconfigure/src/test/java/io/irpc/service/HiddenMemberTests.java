package io.irpc.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members of return values that are hidden from those without an authority.
 */
@ExtendWith(OutputCaptureExtension.class)
class HiddenMemberTests {

	private static final String SHORT = "{\"name\":\"n\",\"open\":\"o\"}";

	private static final String FULL = "{\"name\":\"n\",\"salary\":7,\"open\":\"o\"}";

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"record     | VALUE",
			"later      | VALUE",
			"list       | [VALUE,VALUE]",
			"map        | {\"a\":[VALUE]}",
			"optional   | VALUE",
			"asObject   | VALUE",
			"nested     | {\"person\":VALUE}",
			"renamed    | {\"p_name\":\"n\",SALARY\"p_open\":\"o\"}",
			"array      | [\"n\",ELEMENT]",
			"ofGetter   | {\"name\":\"n\"OWN}",
			"inherited  | {\"name\":\"n\"OWN}"
			// @formatter:on
	})
	void whenUserLacksTheAuthorityThenTheMemberIsHiddenWhereverItIs(String function, String answer) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				String hidden = answer.replace("VALUE", SHORT)
					.replace("SALARY", "")
					.replace("ELEMENT", "null")
					.replace("OWN", "");
				String shown = answer.replace("VALUE", FULL)
					.replace("SALARY", "\"p_salary\":7,")
					.replace("ELEMENT", "7")
					.replace("OWN", ",\"salary\":7");
				assertThat(client.ask("!call@1\tfn:" + function)).isEqualTo(">1\t\t" + hidden);
				assertThat(client.ask("!call@2\tfn:become\tauthority=\"other\"")).isEqualTo(">2\t\tnull");
				assertThat(client.ask("!call@3\tfn:" + function)).isEqualTo(">3\t\t" + hidden);
				assertThat(client.ask("!call@4\tfn:become\tauthority=\"payroll\"")).isEqualTo(">4\t\tnull");
				assertThat(client.ask("!call@5\tfn:" + function)).isEqualTo(">5\t\t" + shown);
			}
		});
	}

	@Test
	void whenDetailsOfAnErrorHaveHiddenMembersThenTheyAreHiddenThere() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@1\tfn:fail")).endsWith("\"details\":" + SHORT + "}");
				client.ask("!call@2\tfn:become\tauthority=\"payroll\"");
				assertThat(client.ask("!call@3\tfn:fail")).endsWith("\"details\":" + FULL + "}");
			}
		});
	}

	@Test
	void whenSensitiveMemberHasNoJsonFormThenTheLogDoesNotTellItsValue(CapturedOutput output) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:broken")).startsWith(">1\tException\t\"Internal error, reference ");
			}
		});
		assertThat(output).contains("The sensitive member word has no JSON form").doesNotContain("hunter2");
	}

	@ParameterizedTest
	@CsvSource({ "unwrapped", "anything" })
	void whenHidingIsNotPossibleThenNothingIsShown(String function) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:" + function))
					.startsWith(">1\tException\t\"Internal error, reference ")
					.doesNotContain("hunter2");
			}
		});
	}

	record Person(String name, @IrpcSensitive(authority = "payroll") int salary, String open) {

	}

	record Nested(Person person) {

	}

	record Prefixed(@JsonUnwrapped(prefix = "p_") Person person) {

	}

	@JsonFormat(shape = JsonFormat.Shape.ARRAY)
	record Row(String name, @IrpcSensitive(authority = "payroll") int salary) {

	}

	interface Salaried {

		@IrpcSensitive(authority = "payroll")
		int getSalary();

	}

	static class Employee implements Salaried {

		@Override
		public int getSalary() {
			return 7;
		}

		public String getName() {
			return "n";
		}

	}

	static class Clerk {

		@IrpcSensitive(authority = "payroll")
		private final int salary = 7;

		public int getSalary() {
			return this.salary;
		}

		public String getName() {
			return "n";
		}

	}

	static class Broken {

		@IrpcSensitive
		public String getWord() {
			throw new IllegalStateException("hunter2");
		}

	}

	record Unwrapped(@JsonUnwrapped @IrpcSensitive(authority = "payroll") Word word) {

	}

	record Word(String text) {

	}

	static class Anything {

		@JsonAnyGetter
		@IrpcSensitive(authority = "payroll")
		public Map<String, String> any() {
			return Map.of("a", "hunter2");
		}

	}

	@IrpcService
	static class Functions {

		private final Person person = new Person("n", 7, "o");

		public Person record() {
			return this.person;
		}

		public CompletableFuture<Person> later() {
			return CompletableFuture.supplyAsync(this::record);
		}

		public List<Person> list() {
			return List.of(this.person, this.person);
		}

		public Map<String, List<Person>> map() {
			return Map.of("a", List.of(this.person));
		}

		public Optional<Person> optional() {
			return Optional.of(this.person);
		}

		public Object asObject() {
			return this.person;
		}

		public Nested nested() {
			return new Nested(this.person);
		}

		public Prefixed renamed() {
			return new Prefixed(this.person);
		}

		public Row array() {
			return new Row("n", 7);
		}

		public Clerk ofGetter() {
			return new Clerk();
		}

		public Employee inherited() {
			return new Employee();
		}

		public void fail() {
			throw new IrpcException(ErrorCode.NOT_FOUND, "none", this.person, null);
		}

		public Broken broken() {
			return new Broken();
		}

		public Unwrapped unwrapped() {
			return new Unwrapped(new Word("hunter2"));
		}

		public Anything anything() {
			return new Anything();
		}

		public void become(String authority, IrpcSession session) {
			session.changeUser(new SessionUser(() -> "ann", new TreeSet<>(List.of(authority))));
		}

	}

}
