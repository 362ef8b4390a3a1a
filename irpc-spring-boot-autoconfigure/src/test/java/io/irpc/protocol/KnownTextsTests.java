package io.irpc.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which texts are remembered, and that none is taken for another.
 */
class KnownTextsTests {

	private final KnownTexts texts = new KnownTexts();

	@Test
	void whenTheBytesAreTheSameThenSoIsTheText() {
		KnownTexts.Text first = get("errors.list");
		assertThat(get("errors.list")).isSameAs(first);
		assertThat(first.value()).isEqualTo("errors.list");
		assertThat(first.isRaw()).isTrue();
		assertThat(first.isIdentifier()).isFalse();
		assertThat(first.isId()).isFalse();
	}

	@Test
	void whenThereAreMoreTextsThanPlacesThenEachIsRight() {
		for (int i = 0; i < 100_000; i++) {
			assertThat(get("id" + i).value()).isEqualTo("id" + i);
		}
	}

	@Test
	void whenHashesAreEqualThenTheTextsAreNot() {
		assertThat(get("Aa").value()).isEqualTo("Aa");
		assertThat(get("BB").value()).isEqualTo("BB");
		assertThat(get("\u00ff").value()).isEqualTo("\u00ff");
	}

	@Test
	void whenATextIsLongThenItIsNotRemembered() {
		String text = "a".repeat(33);
		assertThat(get(text).value()).isEqualTo(text);
		assertThat(get(text)).isNotSameAs(get(text));
	}

	private KnownTexts.Text get(String text) {
		byte[] bytes = (">" + text + "<").getBytes(StandardCharsets.ISO_8859_1);
		return this.texts.get(bytes, 1, bytes.length - 1);
	}

}
