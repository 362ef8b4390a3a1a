package io.irpc.docs;

import java.util.stream.Stream;

import io.irpc.docs.services.ServicesApplication;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the chapter about services says.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = ServicesApplication.class,
		properties = { "irpc.server.port=0", WithoutSecurity.PROPERTY })
class ServicesTests {

	@Autowired
	private IrpcServer server;

	@TestFactory
	Stream<DynamicTest> transcriptsAreWhatTheServerAnswers() {
		return Documentation.transcripts("services", this.server.port());
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
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!call@1\tfn:stations.search\t" + arguments.replace('_', '\t')))
				.isEqualTo(answer.replace('_', '\t'));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			change station="n" password="secret      | Error parsing arg value: password: malformed JSON
			change station="n" password={"secret":1} | Argument password: expected a string
			add credential={"password":["secret"]}   | Argument credential: password: expected a string
			""")
	void sensitiveValueIsNotTold(String call, String message) {
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!call@1\tfn:credentials." + call.replace(' ', '\t')))
				.startsWith(">1\tException\t\"" + message)
				.doesNotContain("secret");
		}
	}

	@Test
	void hiddenMemberIsNotShown() {
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!call@1\tfn:credentials.stations")).isEqualTo(">1\t\t[{\"name\":\"north\"}]");
		}
	}

	@Test
	void sessionIsSupplied() {
		try (RawClient client = new RawClient(this.server.port())) {
			assertThat(client.ask("!call@1\tfn:stations.hello\tgreeting=\"Hello\""))
				.matches(">1\t\t\"Hello, anonymous of session [0-9]+\"");
			assertThat(client.ask("!help@2\tfn:stations.hello")).isEqualTo(">2\t\t\"stations.hello(greeting)\"");
		}
	}

	@Test
	void functionsWithoutAnIdAreAnsweredInOrder() {
		try (RawClient client = new RawClient(this.server.port())) {
			client.send("!call\tfn:stations.recalculate\tstation=\"north\"\n!call\tfn:stations.count");
			assertThat(client.read()).isEqualTo(">\t\t4.5");
			assertThat(client.read()).isEqualTo(">\t\t2");
		}
	}

}
