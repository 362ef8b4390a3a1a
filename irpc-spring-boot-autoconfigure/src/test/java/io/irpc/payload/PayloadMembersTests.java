package io.irpc.payload;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Objects taken apart and put together.
 */
class PayloadMembersTests {

	@Test
	void whenObjectIsTakenApartThenMembersKeepTheirBytes() {
		Payload object = Payload.ofJson(
				" {\"a\" : 1.50 ,\"b\\u0041\":\"x\\\"}\\u00e9\u00e9\",\"c\":[1, {\"d\":{}}],\"e\":null,\"f\":true,\"g\":-0}");
		Map<String, Payload> members = PayloadMembers.of(object);
		assertThat(members).containsExactly(entry("a", Payload.ofJson("1.50")),
				entry("bA", Payload.ofJson("\"x\\\"}\\u00e9\u00e9\"")), entry("c", Payload.ofJson("[1, {\"d\":{}}]")),
				entry("e", Payload.NULL), entry("f", Payload.ofJson("true")), entry("g", Payload.ofJson("-0")));
	}

	@Test
	void whenMembersArePutTogetherThenTheyAreAnObject() {
		Map<String, Payload> members = new LinkedHashMap<>();
		assertThat(PayloadMembers.toObject(members).json()).isEqualTo("{}");
		members.put("a", Payload.ofJson("1.50"));
		members.put("b\"\n\u00e9", Payload.ofJson("[]"));
		assertThat(PayloadMembers.toObject(members).json()).isEqualTo("{\"a\":1.50,\"b\\\"\\n\u00e9\":[]}");
	}

	@Test
	void whenPayloadIsPartOfAnArrayThenOffsetsHold() {
		byte[] bytes = "xx{\"a\":12}yy".getBytes(StandardCharsets.UTF_8);
		assertThat(PayloadMembers.of(Payload.wrap(bytes, 2, 8))).containsExactly(entry("a", Payload.ofJson("12")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "1", "", "{\"a\":}", "{\"a\":1" })
	void whenPayloadIsNoObjectThenItIsRefused(String json) {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> PayloadMembers.of(Payload.ofJson(json)));
	}

}
