package io.irpc.service;

import java.security.Principal;
import java.util.Optional;
import java.util.TreeSet;

import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How arguments find their parameters (protocol §4).
 */
class ArgumentTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"by name              | fn:three a=1 b=2 c=3        | '1 2 3'",
			"by name, other order | fn:three c=3 a=1 b=2        | '1 2 3'",
			"by position          | fn:three =1 =2 =3           | '1 2 3'",
			"mixed                | fn:three =1 b=2 =3          | '1 2 3'",
			"mixed, name last     | fn:three =2 =3 a=1          | '1 2 3'",
			"named differently    | fn:renamed from=7           | 7",
			"default, missing     | fn:defaults                 | '10 all MANY'",
			"default, given       | fn:defaults limit=5         | '5 all MANY'",
			"default of primitive | fn:defaults limit=null      | '10 all MANY'",
			"default of text      | fn:defaults =1 =\"x\"       | '1 x MANY'",
			"empty text default   | fn:empty                    | '<>'",
			"optional, missing    | fn:optional                 | 'none'",
			"optional, null       | fn:optional text=null       | 'none'",
			"optional, given      | fn:optional text=\"x\"      | 'x'",
			"nullable, missing    | fn:nullable                 | 'null'",
			"nullable, null       | fn:nullable text=null       | 'null'",
			"nullable, given      | fn:nullable text=\"x\"      | 'x'",
			"unknown is ignored   | fn:three =1 =2 =3 =4 other=[ | '1 2 3'"
			// @formatter:on
	})
	void whenArgumentsAreGivenThenTheyAreBound(String title, String call, String value) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\t" + call.replace(' ', '\t'))).as(title)
					.isEqualTo(">1\t\t" + value.replace('\'', '"'));
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"missing         | fn:three a=1 c=3           | Argument b is missing",
			"null, primitive | fn:three a=1 b=null c=3    | Argument b is missing",
			"null, object    | fn:text text=null          | Argument text must not be null",
			"missing, object | fn:text                    | Argument text is missing",
			"given twice     | fn:three a=1 a=2 b=3 c=4   | Argument a is given twice",
			"wrong type      | fn:three =1 =2 =\"x\"      | Argument c: expected a whole number",
			"no fraction     | fn:three =1 =2 =2.5        | Argument c: expected a whole number",
			"out of range    | fn:three =1 =2 =9999999999 | Argument c: number out of range"
			// @formatter:on
	})
	void whenArgumentsAreWrongThenTheErrorNamesThem(String title, String call, String message) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!identify\tfeatures=[\"errors\"]");
				assertThat(client.ask("!call@1\t" + call.replace(' ', '\t'))).as(title)
					.startsWith(">1\tException\t{\"code\":\"invalid_argument\",\"message\":\"" + message);
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "text=\"open", "text=", "text={\"a\":1,\"a\":2}",
			"text=\"a\",\"b\"", "text=\"a\" \"b\"", "text=nul" })
	void whenJsonIsMalformedThenTheErrorSaysSo(String argument) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:anything\t" + argument))
					.startsWith(">1\tException\t\"Error parsing arg value: text=");
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "=1 =2 =3 other=4|other", "=1 =2 =3 =4|#4" })
	void whenUnknownArgumentsAreRejectedThenTheErrorNamesThem(String arguments, String name) {
		this.runner.withPropertyValues("irpc.server.unknown-arguments=reject").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:three\t" + arguments.replace(' ', '\t')))
					.isEqualTo(">1\tException\t\"Function three has no argument " + name + "\"");
			}
		});
	}

	@Test
	void whenParametersAreInjectedThenTheyAreNoArguments() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!help@1\tfn:injected")).isEqualTo(">1\t\t\"injected(first, second)\"");
				assertThat(client.ask("!call@2\tfn:injected\t=1\t=2\tprincipal=3\tsession=4"))
					.isEqualTo(">2\t\t\"1 2 null\"");
				assertThat(client.ask("!call@3\tfn:become\tname=\"ann\"")).isEqualTo(">3\t\tnull");
				assertThat(client.ask("!call@4\tfn:injected\tsecond=2\t=1")).isEqualTo(">4\t\t\"1 2 ann\"");
			}
		});
	}

	@IrpcService
	static class Functions {

		public String three(int a, int b, int c) {
			return a + " " + b + " " + c;
		}

		public int renamed(@IrpcParam("from") int source) {
			return source;
		}

		public String defaults(@IrpcParam(defaultValue = "10") int limit,
				@IrpcParam(defaultValue = "all") String filter, @IrpcParam(defaultValue = "MANY") Amount amount) {
			return limit + " " + filter + " " + amount;
		}

		public String empty(@IrpcParam(defaultValue = "") String text) {
			return "<" + text + ">";
		}

		public String optional(Optional<String> text) {
			return text.orElse("none");
		}

		public String nullable(@Nullable String text) {
			return String.valueOf(text);
		}

		public String text(String text) {
			return text;
		}

		public void anything(Object text) {
		}

		public String injected(int first, IrpcSession session, @Nullable Principal principal, int second) {
			String name = (principal != null) ? principal.getName() : "null";
			return session.isWritable() ? first + " " + second + " " + name : "";
		}

		public void become(String name, IrpcSession session) {
			session.changeUser(new SessionUser(() -> name, new TreeSet<>()));
		}

	}

	enum Amount {

		FEW, MANY

	}

}
