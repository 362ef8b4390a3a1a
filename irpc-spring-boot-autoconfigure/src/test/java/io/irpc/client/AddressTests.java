package io.irpc.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.transport.TlsMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of addresses of servers, and of which of them are spoken to with TLS.
 */
class AddressTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			localhost, localhost:10123
			127.0.0.1:1, 127.0.0.1:1
			[::1]:1, ::1:1
			unix:/tmp/a.sock, unix:/tmp/a.sock
			irpc://example.org:1, example.org:1
			irpc://example.org?pin=sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&code=abc, example.org:10123
			""")
	void anAddressNamesAServer(String text, String described) {
		assertThat(ServerUri.parse(text)).hasToString(described);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			localhost:70000, localhost:70000 is no address
			unix:, unix: is no address
			irpc://unix:/tmp/a.sock, a Unix domain socket
			irpc://localhost?code=s3cr3t, a code without the pin
			irpc://localhost?code=s3cr3t&code=s3cr3t, the parameter 'code'
			""")
	void whatIsNoAddressIsToldWithoutShowingACode(String text, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> ServerUri.parse(text))
			.withMessageContaining(problem)
			.withMessageContaining("expected: ")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cr3t"));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			localhost, false
			127.0.0.1:1, false
			[::1]:1, false
			unix:/tmp/a.sock, false
			example.org, true
			localhost.example.org, true
			192.0.2.1, true
			[2001:db8::1]:1, true
			irpc://localhost:1, false
			irpc://localhost:1?pin=sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, true
			""")
	void unlessItIsSaidTlsIsForOtherMachinesAndPins(String text, boolean expected) {
		assertThat(usesTls(TlsChoice.AUTOMATIC, text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			localhost, true, false
			example.org, true, false
			irpc://localhost:1, true, false
			""")
	void whatIsSaidAboutTlsHolds(String text, boolean withTls, boolean withPlainText) {
		assertThat(usesTls(TlsChoice.of(ClientTls.of(TlsMaterial.NONE)), text)).isEqualTo(withTls);
		assertThat(usesTls(TlsChoice.PLAIN_TEXT, text)).isEqualTo(withPlainText);
	}

	@Test
	void addressesThatAreLookedUpHaveTlsByTheSameRuleAndItIsPreparedOnce() {
		AtomicInteger prepared = new AtomicInteger();
		ClientTls tls = (pin) -> {
			prepared.incrementAndGet();
			return ClientTls.of(TlsMaterial.NONE).prepare(pin);
		};
		List<String> texts = List.of("example.org:1", "localhost:1", "unix:/tmp/a.sock");
		assertThat(new LookedUpAddresses(() -> texts, TlsChoice.AUTOMATIC).get())
			.extracting((server) -> server.tls() != null)
			.containsExactly(true, false, false);
		LookedUpAddresses everywhere = new LookedUpAddresses(() -> texts, TlsChoice.of(tls));
		assertThat(everywhere.get()).extracting((server) -> server.tls() != null).containsExactly(true, true, false);
		everywhere.get();
		assertThat(prepared).hasValue(1);
	}

	@Test
	void addressesThatAreLookedUpHaveNoPairingCodes() {
		String text = "irpc://localhost:1?pin=sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&code=s3cr3t";
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LookedUpAddresses(() -> List.of(text), TlsChoice.AUTOMATIC).get())
			.withMessageContaining("localhost:1 was looked up and has a pairing code")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cr3t"));
	}

	private static boolean usesTls(TlsChoice choice, String text) {
		return choice.decide(List.of(ServerUri.parse(text))).get(0).tls() != null;
	}

}
