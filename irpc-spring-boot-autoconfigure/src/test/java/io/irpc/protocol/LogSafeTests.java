package io.irpc.protocol;

import java.io.PrintWriter;
import java.io.StringWriter;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What of a peer's texts reaches a log.
 */
class LogSafeTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "Grüße, 東京 – „ok“", "a\\b", "😀" })
	void whenTextIsVisibleThenItStays(String text) {
		assertThat(LogSafe.text(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, '\n', '\r', '\t', 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x61C, 0x115F, 0x200B, 0x200E, 0x2028,
			0x2029, 0x202E, 0x2066, 0x2069, 0x3164, 0xD800, 0xE000, 0xFE0F, 0xFEFF, 0xFFF9, 0xE0001, 0xE0041, 0xE0100,
			0x10FFFF })
	void whenCharacterIsNotVisibleThenItsNumberIsWritten(int c) {
		String written = LogSafe.text("a" + new String(new int[] { c }, 0, 1) + "b");
		assertThat(written).matches("a\\\\u(%04x|\\{%x})b".formatted(c, c));
	}

	@Test
	void whenTextIsLongThenItIsCut() {
		assertThat(LogSafe.text("x".repeat(5000))).hasSizeLessThan(1100).endsWith("x… (5000 characters)");
	}

	@Test
	void whenMessagesAreSafeThenTheFailureStaysItself() {
		Throwable failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));
		assertThat(LogSafe.failure(failure)).isSameAs(failure);
	}

	@Test
	void whenMessageAnywhereIsNotSafeThenItIsReplacedAndClassesAndFramesStay() {
		Exception cause = new IllegalArgumentException("inner\nERROR forged");
		cause.addSuppressed(new UnsupportedOperationException("\u001B[2J"));
		Exception failure = new IllegalStateException("outer", cause);
		String original = print(failure);
		String printed = print(LogSafe.failure(failure));
		assertThat(printed).contains("java.lang.IllegalStateException: outer")
			.contains("Caused by: java.lang.IllegalArgumentException: inner\\u000aERROR forged")
			.contains("Suppressed: java.lang.UnsupportedOperationException: \\u001b[2J")
			.doesNotContain("\nERROR", "\u001B");
		assertThat(frames(printed)).isEqualTo(frames(original));
	}

	@Test
	void whenValueCouldNotBeConvertedThenTheCausesThatQuoteItHaveNoMessages() {
		PayloadException failure = catchThrowableOfType(PayloadException.class,
				() -> new PayloadConverter(new JsonMapper()).read(Payload.ofJson("\"quoted\""), Integer.class));
		assertThat(print(failure)).contains("quoted");
		String printed = print(LogSafe.failure(new IllegalStateException("outer", failure)));
		assertThat(printed).contains("java.lang.IllegalStateException: outer")
			.contains("Caused by: io.irpc.payload.PayloadException: expected a whole number")
			.contains("Caused by: tools.jackson.databind.exc.InvalidFormatException (message withheld")
			.doesNotContain("\"quoted\"");
		assertThat(frames(printed)).isPositive();
	}

	@Test
	void whenCausesFormACircleThenTheyEnd() {
		Exception first = new IllegalStateException("first\n");
		Exception second = new IllegalStateException("second", first);
		first.initCause(second);
		assertThat(print(LogSafe.failure(first))).contains("first\\u000a").contains("second");
	}

	private static long frames(String printed) {
		return printed.lines().filter((line) -> line.strip().startsWith("at ")).count();
	}

	private static String print(Throwable failure) {
		StringWriter result = new StringWriter();
		failure.printStackTrace(new PrintWriter(result, true));
		return result.toString();
	}

}
