package io.irpc.service;

import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Functions and arguments under their older names.
 */
class AliasTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Sites.class);

	@ParameterizedTest
	@ValueSource(strings = { "sites.list", "sites.all", "sites.findAll", "stations.list", "stations.all",
			"stations.findAll", "list", "all", "findAll" })
	void whenFunctionIsCalledByAnyOfItsNamesThenItAnswers(String name) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:" + name + "\tlimit=1")).isEqualTo(">1\t\t[\"1\"]");
			}
		});
	}

	@Test
	void whenFunctionHasAliasesThenTheListShowsItsCurrentName() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:getFunctionList"))
					.isEqualTo(">1\t\t[\"getEventList\",\"getFunctionList\",\"sites.count\",\"sites.list\","
							+ "\"whaticando\",\"whoami\"]");
			}
		});
	}

	@Test
	void whenHelpIsAskedForAnAliasThenItTellsTheCurrentName() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!help@1\tfn:stations.all"))
					.isEqualTo(">1\t\t\"sites.list(limit)\\n\\nstations.all is an older name of this function."
							+ "\\n\\nLists sites.\"");
				assertThat(client.ask("!help@2\tfn:stations.count"))
					.isEqualTo(">2\t\t\"sites.count()\\n\\nstations.count is an older name of this function.\"");
				assertThat(client.ask("!help@3\tfn:sites.list"))
					.isEqualTo(">3\t\t\"sites.list(limit)\\n\\nLists sites.\"");
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "limit=2", "max=2", "count=2", "=2" })
	void whenArgumentIsSentByAnyOfItsNamesThenItIsBound(String argument) {
		this.runner.withPropertyValues("irpc.server.unknown-arguments=reject").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:sites.list\t" + argument)).isEqualTo(">1\t\t[\"2\"]");
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "limit=2,max=2", "max=2,limit=2", "max=2,count=2" })
	void whenArgumentIsSentByTwoOfItsNamesThenItIsGivenTwice(String first, String second) {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:sites.list\t" + first + "\t" + second))
					.isEqualTo(">1\tException\t\"Argument limit is given twice\"");
			}
		});
	}

	@Test
	void whenAliasIsTheNameOfAnotherFunctionThenStartFailsNamingBoth() {
		for (Class<?>[] services : List.of(new Class<?>[] { First.class, Second.class },
				new Class<?>[] { Second.class, First.class }, new Class<?>[] { First.class, Third.class })) {
			FailureAnalysis analysis = analyse(services);
			assertThat(analysis.getDescription()).contains("The name shared.one stands for two functions")
				.contains("(" + services[0].getName() + ".")
				.contains("(" + services[1].getName() + ".");
			assertThat(analysis.getAction()).contains("aliases of @IrpcFunction");
		}
	}

	@Test
	void whenAliasIsTheNameOfAPredefinedFunctionThenStartFails() {
		assertThat(analyse(Predefined.class).getDescription()).contains("The name whoami stands for two functions")
			.contains(PredefinedFunctions.class.getName() + ".whoami(SessionUser)");
	}

	@Test
	void whenAliasIsTheNameOfItsOwnFunctionThenStartFails() {
		assertThat(analyse(Own.class).getDescription()).contains("has the alias own twice, or as its current name");
	}

	@Test
	void whenArgumentsShareANameThenStartFails() {
		assertThat(analyse(SharedArgument.class).getDescription()).contains("has the argument a twice")
			.contains(SharedArgument.class.getName() + ".sum(int, int)");
	}

	@ParameterizedTest
	@ValueSource(classes = { BadFunctionAlias.class, BadServiceAlias.class, BadArgumentAlias.class })
	void whenAliasIsNotAllowedByTheProtocolThenStartFails(Class<?> service) {
		FailureAnalysis analysis = analyse(service);
		assertThat(analysis.getDescription()).contains("'o-ld").contains("is not allowed by the protocol");
		assertThat(analysis.getAction()).contains("@Irpc");
	}

	private static FailureAnalysis analyse(Class<?>... services) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		ServerRunner.of(services).run((context) -> analysis[0] = Analyses.of(context.getStartupFailure()));
		return analysis[0];
	}

	@IrpcService(value = "sites", aliases = { "stations", "" })
	static class Sites {

		@IrpcFunction(aliases = { "all", "findAll" }, description = "Lists sites.")
		public List<String> list(@IrpcParam(aliases = { "max", "count" }, defaultValue = "9") int limit) {
			return List.of(String.valueOf(limit));
		}

		public int count() {
			return 1;
		}

	}

	@IrpcService("shared")
	static class First {

		@IrpcFunction(aliases = "one")
		public int first() {
			return 1;
		}

	}

	@IrpcService("shared")
	static class Second {

		public int one() {
			return 2;
		}

	}

	@IrpcService("shared")
	static class Third {

		@IrpcFunction(aliases = "one")
		public int third() {
			return 3;
		}

	}

	@IrpcService
	static class Predefined {

		@IrpcFunction(aliases = "whoami")
		public int me() {
			return 1;
		}

	}

	@IrpcService
	static class Own {

		@IrpcFunction(aliases = "own")
		public int own() {
			return 1;
		}

	}

	@IrpcService
	static class SharedArgument {

		public int sum(int a, @IrpcParam(aliases = "a") int b) {
			return a + b;
		}

	}

	@IrpcService
	static class BadFunctionAlias {

		@IrpcFunction(aliases = "o-ld")
		public int one() {
			return 1;
		}

	}

	@IrpcService(value = "good", aliases = "o-ld")
	static class BadServiceAlias {

		public int one() {
			return 1;
		}

	}

	@IrpcService
	static class BadArgumentAlias {

		public int one(@IrpcParam(aliases = "o-ld") int limit) {
			return limit;
		}

	}

}
