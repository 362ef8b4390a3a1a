package io.irpc.test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.ErrorCode;
import io.irpc.support.ScriptedServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IrpcTestAnswer} and its assertions.
 */
class IrpcTestAnswerTests {

	@Test
	void valueIsAsserted() {
		IrpcTestAnswer answer = answer("[{\"b\":1,\"a\":[2.5,null]}]");
		assertThat(answer).succeeded().hasValue(List.of(Map.of("b", 1, "a", Arrays.asList(2.5, null))));
		assertThat(answer).list(Map.class).hasSize(1).first().extracting("b").isEqualTo(1);
		assertThat(answer).json().extractingPath("$[0].a[0]").isEqualTo(2.5);
		assertThat(answer.value(new ParameterizedTypeReference<List<Map<String, Object>>>() {
		})).hasSize(1);
		assertThat(answer("7")).value(Integer.class).isEqualTo(7);
		assertThat(answer("null")).hasNoValue().value(Integer.class).isNull();
		assertFails(() -> assertThat(answer).hasValue(List.of()), "Expected the value:", "[]", answer.json());
		assertFails(() -> assertThat(answer("0")).hasNoValue(), "Expected the value:");
		assertFails(() -> assertThat(answer).failedWith(ErrorCode.INTERNAL),
				"Expected f to fail, but it has returned [{");
	}

	@Test
	void errorIsAsserted() {
		String error = "{\"code\":\"not_found\",\"message\":\"no such station\",\"details\":{\"known\":[\"north\"]}}";
		try (ScriptedServer server = new ScriptedServer(0, (line) -> ">" + RawLine.id(line) + "\tException\t" + error);
				IrpcTestClient client = IrpcTestClient.to(server.port())) {
			IrpcTestAnswer answer = client.call("f").exchange();
			assertThat(answer).failedWith(ErrorCode.NOT_FOUND)
				.hasMessage("no such station")
				.hasMessageContaining("station")
				.hasDetails(Map.of("known", List.of("north")));
			assertFails(() -> assertThat(answer).succeeded(),
					"Expected f to succeed, but it has failed with NOT_FOUND: no such station");
			assertFails(() -> assertThat(answer).failedWith(ErrorCode.INTERNAL), "Expected the error INTERNAL");
			assertFails(() -> assertThat(answer).hasMessage("other"), "other");
			assertFails(() -> assertThat(answer).hasMessageContaining("other"), "other");
			assertFails(() -> assertThat(answer).hasDetails(null), "Expected the details:", "north");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			>1__null           | !call@1_fn:f | true
			>1_Exception_"x"   | !call@1_fn:f | true
			>1_Signal_{}       | !call@1_fn:f | false
			>1_Next_1          | !call@1_fn:f | false
			>2__null           | !call@1_fn:f | false
			>x1__null          | !call@_fn:f  | true
			>x1_Signal_{}      | !call@_fn:f  | false
			>__null            | !call_fn:f   | true
			>1__null           | !call_fn:f   | false
			>_Exception_"x"    | GET / HTTP   | true
			!callback@s1_fired:x | !call@s1_fn:f | false
			>1                 | !call@1_fn:f | false
			""")
	void finalResponseIsTheOneWithTheIdOfTheCommand(String line, String command, boolean expected) {
		assertThat(RawLine.isFinalResponse(line.replace('_', '\t'), command.replace('_', '\t'))).isEqualTo(expected);
	}

	private static IrpcTestAnswer answer(String json) {
		return new IrpcTestAnswer("f", json, null, new PayloadConverter(new JsonMapper()));
	}

	private static void assertFails(ThrowingCallable assertion, String... parts) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
			.satisfies((error) -> assertThat(error.getMessage()).contains(parts));
	}

}
