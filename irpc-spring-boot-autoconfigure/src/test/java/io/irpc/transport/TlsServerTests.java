package io.irpc.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.irpc.payload.Payload;
import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.Response;
import io.irpc.support.Alarms;
import io.irpc.support.RawClient;
import io.irpc.support.TlsClient;
import io.irpc.transport.ServerSecurity.PlainText;
import io.netty.handler.ssl.ClientAuth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of a server that speaks TLS and plain text on one port.
 */
@Timeout(60)
class TlsServerTests {

	private static final String TLS_1_2 = "TLSv1.2";

	private static final String TLS_1_3 = "TLSv1.3";

	private static final Duration SHORT = Duration.ofMillis(100);

	@RegisterExtension
	final Alarms alarms = new Alarms("io.irpc.transport", "io.netty");

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whenClientSpeaksTlsThenMessagesGoBothWays(String protocol) throws IOException {
		try (TestServer server = server(TestTls.security()); TlsClient client = connect(server, protocol)) {
			assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
			assertThat(client.socket().getSession().getProtocol()).isEqualTo(protocol);
			assertThat(client.serverCertificate()).isEqualTo(TestTls.SERVER.certificate());
			assertThat(server.listener().connection().isEncrypted()).isTrue();
			assertThat(server.listener().connection().isLocal()).isTrue();
			assertThat(server.listener().connection().peerCertificate()).isNull();
			assertThat(server.listener().connection().peerUser()).isNull();
			assertThat(server.listener().events()).containsExactly("opened");
		}
	}

	@Test
	void whenClientNamesIrpcAsItsProtocolThenItIsChosen() throws IOException {
		try (TestServer server = server(TestTls.security()); TlsClient client = connect(server, "h2", "irpc/1")) {
			assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
			assertThat(client.socket().getApplicationProtocol()).isEqualTo("irpc/1");
		}
	}

	@Test
	void whenClientNamesOtherProtocolsOnlyThenItIsRefused() throws IOException {
		try (TestServer server = server(TestTls.security()); TlsClient client = connect(server, "h2", "http/1.1")) {
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> client.socket().startHandshake())
				.withMessageContaining("no_application_protocol");
			assertThat(server.opened()).isEmpty();
		}
	}

	@Test
	void whenClientWantsAnOlderVersionOfTlsThenItIsRefused() throws Exception {
		try (TestServer server = server(TestTls.security()); RawClient client = server.connect()) {
			// the Java runtime does not offer it any more: a ClientHello of TLS 1.1, by
			// hand
			byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
			byte[] start = { 0x16, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, 2 };
			System.arraycopy(start, 0, hello, 0, start.length);
			byte[] end = { 0, 0, 2, (byte) 0xC0, 0x13, 1, 0 };
			System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
			client.sendBytes(hello);
			byte[] alert = client.socket().getInputStream().readNBytes(7);
			assertThat(alert).startsWith(0x15).endsWith(2, 70);
			assertThat(server.opened()).isEmpty();
		}
	}

	@Test
	void whenOneClientSpeaksTlsAndAnotherPlainTextThenBothAreServed() throws IOException {
		try (TestServer server = server(TestTls.security());
				TlsClient encrypted = connect(server);
				RawClient plain = server.connect()) {
			assertThat(encrypted.ask("!ping@1")).isEqualTo(">1\t\tnull");
			assertThat(plain.ask("!ping@2")).isEqualTo(">2\t\tnull");
			assertThat(encrypted.ask("!ping@3")).isEqualTo(">3\t\tnull");
			assertThat(server.opened()).extracting((listener) -> listener.connection().isEncrypted())
				.containsExactlyInAnyOrder(true, false);
		}
	}

	@Test
	void whenPeerBeginsAHandshakeAndStopsThenItsConnectionIsClosedWithoutHavingBeenOpened() {
		try (TestServer server = server(impatient()); RawClient client = server.connect()) {
			client.sendBytes(new byte[] { 0x16 });
			assertThat(client.read()).isNull();
			assertThat(server.opened()).isEmpty();
			assertThat(this.alarms.messages()).isEmpty();
		}
	}

	@Test
	void whenHandshakeIsNotDoneInTimeThenTheConnectionIsClosedThoughThePeerKeepsSending() {
		try (TestServer server = server(impatient()); RawClient client = server.connect()) {
			// a record of which only the beginning comes
			client.sendBytes(new byte[] { 0x16, 3, 1, 1, 0 });
			await().pollInterval(SHORT.dividedBy(4)).until(() -> {
				try {
					client.sendBytes(new byte[] { 0 });
					return false;
				}
				catch (RuntimeException ex) {
					return true;
				}
			});
			assertThat(server.opened()).isEmpty();
		}
	}

	@Test
	void whenHandshakeWasDoneInTimeThenTheConnectionStays() throws IOException {
		try (TestServer server = server(impatient()); TlsClient client = connect(server)) {
			assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
			// whose time begins later
			try (RawClient silent = server.connect()) {
				silent.sendBytes(new byte[] { 0x16 });
				assertThat(silent.read()).isNull();
			}
			assertThat(client.ask("!ping@2")).isEqualTo(">2\t\tnull");
		}
	}

	@Test
	void whenClientHelloIsGarbageThenTheConnectionIsClosedWithoutAlarm() throws IOException {
		try (TestServer server = server(TestTls.security())) {
			for (int seed = 0; seed < 50; seed++) {
				byte[] bytes = new byte[300];
				new Random(seed).nextBytes(bytes);
				byte[] header = { 0x16, 3, 1, 0, (byte) 200, 1, 0, 0, (byte) 196, 3, 3 };
				System.arraycopy(header, 0, bytes, 0, (seed % header.length) + 1);
				try (RawClient client = server.connect()) {
					client.sendBytes(bytes);
					client.socket().shutdownOutput();
					readToEnd(client.socket().getInputStream());
				}
			}
			assertThat(server.opened()).isEmpty();
			assertThat(this.alarms.messages()).isEmpty();
		}
	}

	@Test
	void whenPeerGoesAwayDuringTheHandshakeThenNothingIsOpened() throws IOException {
		try (TestServer server = server(TestTls.security());
				RawClient client = server.connect();
				RawClient rude = server.connect()) {
			client.sendBytes(new byte[] { 0x16, 3, 1 });
			client.socket().shutdownOutput();
			assertThat(readToEnd(client.socket().getInputStream())).isLessThan(100);
			rude.sendBytes(new byte[] { 0x16, 3, 1 });
			rude.socket().setSoLinger(true, 0);
			rude.close();
			assertThat(server.opened()).isEmpty();
			assertThat(this.alarms.messages()).isEmpty();
		}
	}

	@Test
	void whenClientBeginsARenegotiationThenItsConnectionIsClosed() throws IOException {
		try (TestServer server = server(TestTls.security()); TlsClient client = connect(server, TLS_1_2)) {
			assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
			client.socket().startHandshake();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
				if (client.ask("!ping@2") == null) {
					throw new SocketException("closed");
				}
			});
			await().until(server.listener()::isClosed);
			assertThat(server.listener().events()).last().isEqualTo("closed: the peer began a TLS renegotiation");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whenClientIsAskedForACertificateThenItMayHaveNone(String protocol) throws IOException {
		try (TestServer server = server(TestTls.security(ClientAuth.OPTIONAL));
				TlsClient without = connect(server, protocol);
				TlsClient with = new TlsClient(server.address().getPort(), TestTls.CLIENT.material().keys(),
						protocol)) {
			assertThat(without.ask("!ping@1")).isEqualTo(">1\t\tnull");
			assertThat(with.ask("!ping@2")).isEqualTo(">2\t\tnull");
			assertThat(server.opened()).extracting((listener) -> listener.connection().peerCertificate())
				.containsExactlyInAnyOrder(null, TestTls.CLIENT.certificate());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whenClientMustHaveACertificateThenOthersAreRefused(String protocol) throws IOException {
		try (TestServer server = server(TestTls.security(ClientAuth.REQUIRE));
				TlsClient without = connect(server, protocol);
				TlsClient wrong = new TlsClient(server.address().getPort(), TestTls.SERVER.material().keys(), protocol);
				TlsClient with = new TlsClient(server.address().getPort(), TestTls.CLIENT.material().keys(),
						protocol)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> without.ask("!ping@1"));
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> wrong.ask("!ping@1"));
			assertThat(with.ask("!ping@2")).isEqualTo(">2\t\tnull");
			assertThat(server.opened()).extracting((listener) -> listener.connection().peerCertificate())
				.containsExactly(TestTls.CLIENT.certificate());
			assertThat(this.alarms.messages()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whenConnectionIsRefusedThenThePeerCanReadWhyThoughItHasSentMuchMore(String protocol) throws IOException {
		try (TestServer server = server(TestTls.security()); TlsClient client = connect(server, protocol)) {
			client.send("#".repeat(1024 * 1024));
			assertThat(client.read()).isEqualTo(">\tException\t\"Line too long (expected: <= 4096 bytes)\"");
			// the end of the stream, and not an error: the server has sent close_notify
			assertThat(client.read()).isNull();
		}
	}

	@Test
	void whenPeerEndsItsOutputThenItStillGetsItsAnswers() throws IOException {
		try (TestServer server = server(TestTls.security()); TlsClient client = connect(server, TLS_1_3)) {
			client.send("!ping@1");
			client.socket().shutdownOutput();
			assertThat(client.read()).isEqualTo(">1\t\tnull");
			assertThat(client.read()).isEqualTo(">end\t\tnull");
			assertThat(client.read()).isNull();
			await().until(server.listener()::isClosed);
			assertThat(server.listener().events()).containsExactly("opened", "input closed",
					"closed: the input has ended");
		}
	}

	@Test
	void whenPeerEndsTls12ThenItsConnectionIsClosedWithoutAlarm() throws IOException {
		try (TestServer server = server(TestTls.security()); TlsClient client = connect(server, TLS_1_2)) {
			assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
			client.close();
			await().until(server.listener()::isClosed);
			assertThat(server.listener().events()).startsWith("opened", "input closed");
			assertThat(this.alarms.messages()).isEmpty();
		}
	}

	@Test
	void whenManyMessagesAreSentAtOnceThenTheyShareATlsRecord() throws IOException {
		try (TestServer server = new TestServer(TestOptions.create(), TestTls.security(), (connection, message) -> {
			for (int i = 0; i < 500; i++) {
				connection.send(Response.value("x" + i, Payload.NULL));
			}
		}); TlsClient client = connect(server, TLS_1_3)) {
			client.send("!ping@1");
			byte[] bytes = new byte[64 * 1024];
			// the socket gives one record at a time
			int length = client.socket().getInputStream().read(bytes);
			assertThat(new String(bytes, 0, length, StandardCharsets.UTF_8)).startsWith(">x0\t\tnull\n")
				.endsWith(">x499\t\tnull\n");
		}
	}

	@Test
	void whenTheKeyChangesThenNewConnectionsGetTheNewOneAndOthersGoOn() throws IOException {
		AtomicReference<TlsContext> context = new AtomicReference<>(TestTls.server(TestTls.SERVER, ClientAuth.NONE));
		ServerSecurity security = new ServerSecurity(context::get, PlainText.LOCAL, Duration.ofMinutes(5));
		try (TestServer server = server(security); TlsClient before = connect(server)) {
			assertThat(before.ask("!ping@1")).isEqualTo(">1\t\tnull");
			context.set(TestTls.server(TestTls.CLIENT, ClientAuth.NONE));
			try (TlsClient after = connect(server)) {
				assertThat(after.ask("!ping@1")).isEqualTo(">1\t\tnull");
				assertThat(after.serverCertificate()).isEqualTo(TestTls.CLIENT.certificate());
			}
			assertThat(before.ask("!ping@2")).isEqualTo(">2\t\tnull");
		}
	}

	private static ServerSecurity impatient() {
		return new ServerSecurity(TestTls.security().tls(), PlainText.LOCAL, SHORT);
	}

	private static TestServer server(ServerSecurity security) {
		return new TestServer(TestOptions.create(), security, TlsServerTests::answer);
	}

	private static void answer(IrpcConnection connection, IrpcMessage message) {
		connection.send(Response.value(Objects.requireNonNull(((Command) message).id()), Payload.NULL));
	}

	private static TlsClient connect(TestServer server, String... names) throws IOException {
		boolean isVersion = names.length > 0 && names[0].startsWith("TLS");
		TlsClient client = new TlsClient(server.address().getPort(), isVersion ? names : new String[0]);
		if (names.length > 0 && !isVersion) {
			SSLSocket socket = client.socket();
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(names);
			socket.setSSLParameters(parameters);
		}
		return client;
	}

	private static int readToEnd(InputStream input) throws IOException {
		try {
			return input.readAllBytes().length;
		}
		catch (SocketException ex) {
			// reset
			return 0;
		}
	}

}
