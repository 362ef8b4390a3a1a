package io.irpc.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.irpc.docs.services.ServicesApplication;
import io.irpc.support.WithoutSecurity;
import io.irpc.test.IrpcTest;
import io.irpc.test.IrpcTestClient;
import io.irpc.test.IrpcTestConnection;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the chapter about services says.
 */
@ContextConfiguration(classes = ServicesApplication.class)
@IrpcTest(properties = WithoutSecurity.PROPERTY)
class ServicesTests {

	@Autowired
	private IrpcTestClient client;

	@TestFactory
	Stream<DynamicTest> transcriptsAreWhatTheServerAnswers() {
		return Documentation.transcripts("services", this.client);
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
			station="n" -> >1__"n 20 2026-01-01T00:00:00Z false null"
			="n"_limit=5_since="2026-02-01T00:00:00Z" -> >1__"n 5 2026-02-01T00:00:00Z false null"
			="n"_=5_above=1.5_unit="mm" -> >1__"n 5 2026-01-01T00:00:00Z true mm"
			unit="mm"_="n"_=5 -> >1__"n 5 2026-01-01T00:00:00Z false mm"
			="n"_limit=null_above=null_unit=null -> >1__"n 20 2026-01-01T00:00:00Z false null"
			="n"_colour="red" -> >1__"n 20 2026-01-01T00:00:00Z false null"
			limit=5 -> >1_Exception_"Argument station is missing"
			station=null -> >1_Exception_"Argument station must not be null"
			="n"_since=null -> >1_Exception_"Argument since must not be null"
			="n"_limit="x" -> >1_Exception_"Argument limit: expected a whole number"
			=5_station="s" -> >1__"s 5 2026-01-01T00:00:00Z false null"
			station="n"_station="s" -> >1_Exception_"Argument station is given twice"
			""")
	void argumentsAreBound(String arguments, String answer) {
		assertThat(this.client.line("!call@1\tfn:stations.search\t" + arguments.replace('_', '\t')))
			.containsExactly(answer.replace('_', '\t'));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			change station="n" password="secret      | Error parsing arg value: password: malformed JSON
			change station="n" password={"secret":1} | Argument password: expected a string
			add credential={"password":["secret"]}   | Argument credential: member password: expected a string
			""")
	void sensitiveValueIsNotTold(String call, String message) {
		assertThat(this.client.line("!call@1\tfn:credentials." + call.replace(' ', '\t'))).singleElement()
			.asString()
			.startsWith(">1\tException\t\"" + message)
			.doesNotContain("secret");
	}

	@Test
	void hiddenMemberIsNotShown() {
		assertThat(this.client.call("credentials.stations").exchange()).hasValue(List.of(Map.of("name", "north")));
	}

	@Test
	void sessionIsSupplied() {
		assertThat(this.client.call("stations.hello").argument("greeting", "Hello").exchange()).value(String.class)
			.asString()
			.matches("Hello, anonymous of session [0-9]+");
		assertThat(this.client.line("!help@2\tfn:stations.hello"))
			.containsExactly(">2\t\t\"stations.hello(greeting)\"");
	}

	@Test
	void functionsWithoutAnIdAreAnsweredInOrder() {
		try (IrpcTestConnection connection = this.client.connect()) {
			connection.send("!call\tfn:stations.recalculate\tstation=\"north\"\n!call\tfn:stations.count");
			assertThat(connection.read()).isEqualTo(">\t\t4.5");
			assertThat(connection.read()).isEqualTo(">\t\t2");
		}
	}

}
