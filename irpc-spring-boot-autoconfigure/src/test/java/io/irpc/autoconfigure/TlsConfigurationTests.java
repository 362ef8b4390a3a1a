package io.irpc.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.annotation.IrpcService;
import io.irpc.call.NotConnectedException;
import io.irpc.client.IrpcClient;
import io.irpc.server.AddressLineContributor;
import io.irpc.server.IrpcServer;
import io.irpc.session.IrpcSession;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ScriptedServer;
import io.irpc.support.ServerRunner;
import io.irpc.support.TlsClient;
import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.ServerIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of TLS between the server and the client, as it is configured.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TlsConfigurationTests {

	private static final ServerIdentity ONE = ServerIdentity.create(Clock.systemUTC());

	private static final ServerIdentity OTHER = ServerIdentity.create(Clock.systemUTC());

	private static final Pattern LINE = Pattern.compile("irpc://127\\.0\\.0\\.1:\\d+\\?pin=sha256:[A-Za-z0-9_-]{43}");

	private static final String RETRY = "irpc.client.reconnect.initial-delay=10ms";

	private final DefaultSslBundleRegistry serverBundles = new DefaultSslBundleRegistry();

	private final DefaultSslBundleRegistry clientBundles = new DefaultSslBundleRegistry();

	private final ApplicationContextRunner server = ServerRunner.of(Service.class)
		.withBean(SslBundles.class, () -> this.serverBundles);

	private final ApplicationContextRunner client = ServerRunner.of()
		.withPropertyValues("irpc.server.enabled=false", RETRY)
		.withBean(SslBundles.class, () -> this.clientBundles);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void whenClientIsGivenTheLineOfTheServerThenItsCallsAreEncrypted(CapturedOutput output) {
		this.server.withPropertyValues("irpc.server.ssl.directory=" + this.directory.resolve("tls")).run((context) -> {
			Matcher line = LINE.matcher(output);
			assertThat(line.find()).isTrue();
			assertThat(line.group()).contains(String.valueOf(context.getBean(IrpcServer.class).pin()));
			assertThat(this.directory.resolve("tls").resolve("identity.pem")).exists();
			this.client.withPropertyValues("irpc.client.address=" + line.group())
				.run((other) -> assertThat(isEncrypted(other.getBean(IrpcClient.class))).isTrue());
		});
	}

	@Test
	void whenThereIsMoreToSayThenTheLineOfTheServerSaysIt(CapturedOutput output) {
		this.server.withBean(AddressLineContributor.class, () -> () -> Map.of("more", "1"))
			.run((context) -> assertThat(output).containsPattern(LINE.pattern() + "&more=1\\R"));
	}

	@Test
	void whenPinIsOfAnotherKeyThenTheClientSaysSoLoudlyAndDoesNotConnect(CapturedOutput output) {
		this.server.run((context) -> {
			IrpcServer listening = context.getBean(IrpcServer.class);
			PublicKeyPin wrong = PublicKeyPin.of(ONE.certificate());
			this.client.withPropertyValues("irpc.client.address=irpc://127.0.0.1:" + listening.port() + "?pin=" + wrong)
				.run((other) -> {
					assertNotConnected(other.getBean(IrpcClient.class), String.valueOf(listening.pin()), wrong.text());
					// calls fail a little before the log says why
					await().untilAsserted(() -> assertThat(output.toString()
						.lines()
						.filter((it) -> it.contains("ERROR") && it.contains(":" + listening.port()))).singleElement()
						.asString()
						.contains(String.valueOf(listening.pin()), wrong.text()));
				});
		});
	}

	@Test
	void whenServerSpeaksNoTlsThenTheClientDoesNotFallBack() {
		try (ScriptedServer plain = new ScriptedServer(0, (line) -> ">\tException\t\"no\"")) {
			this.client
				.withPropertyValues("irpc.client.address=localhost:" + plain.port(), "irpc.client.ssl.enabled=true")
				.run((context) -> {
					// a ClientHello may hold a line feed or not
					plain.send(">\tException\t\"no\"");
					assertNotConnected(context.getBean(IrpcClient.class), "TLS failed");
					BlockingQueue<String> received = plain.received();
					assertThat(received).noneMatch((line) -> line.contains("identify") || line.contains("isEncrypted"));
				});
		}
	}

	@Test
	void whenClientInsistsOnPlainTextThenItsConnectionIsPlain() {
		this.server.run((context) -> this.client
			.withPropertyValues("irpc.client.address=127.0.0.1:" + port(context), "irpc.client.ssl.enabled=false")
			.run((other) -> assertThat(isEncrypted(other.getBean(IrpcClient.class))).isFalse()));
	}

	@Test
	void whenCertificateIsTrustedAndStandsForTheHostThenTheClientConnects() {
		serverBundle(bundle(ONE, null));
		clientBundle(bundle(null, ONE));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b")
			.run((context) -> this.client
				.withPropertyValues("irpc.client.address=localhost:" + port(context), "irpc.client.ssl.bundle=b")
				.run((other) -> assertThat(isEncrypted(other.getBean(IrpcClient.class))).isTrue()));
	}

	@Test
	void whenCertificateIsNotTrustedThenCallsSaySo() {
		clientBundle(bundle(null, ONE));
		this.server.run((context) -> this.client
			.withPropertyValues("irpc.client.address=localhost:" + port(context), "irpc.client.ssl.bundle=b")
			.run((other) -> assertNotConnected(other.getBean(IrpcClient.class), "certificate is not trusted")));
	}

	@Test
	void whenCertificateIsForAnotherHostThenCallsSaySo() {
		serverBundle(bundle(ONE, null));
		clientBundle(bundle(null, ONE));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b", "irpc.server.address=127.0.0.2")
			.run((context) -> this.client
				.withPropertyValues("irpc.client.address=127.0.0.2:" + port(context), "irpc.client.ssl.bundle=b")
				.run((other) -> assertNotConnected(other.getBean(IrpcClient.class), "for another host", "127.0.0.2")));
	}

	@Test
	void whenServerWantsACertificateThenItKnowsTheClientByIt() {
		serverBundle(bundle(ONE, OTHER));
		clientBundle(bundle(OTHER, ONE));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b", "irpc.server.ssl.client-auth=need")
			.run((context) -> this.client
				.withPropertyValues("irpc.client.address=localhost:" + port(context), "irpc.client.ssl.bundle=b")
				.run((other) -> assertThat(other.getBean(IrpcClient.class).call("peerPin").retrieve(String.class))
					.isEqualTo(PublicKeyPin.of(OTHER.certificate()).text())));
	}

	@Test
	void whenClientHasNotTheCertificateThatTheServerNeedsThenItsCallsFailSayingSo() {
		serverBundle(bundle(ONE, OTHER, "TLSv1.2"));
		clientBundle(bundle(null, ONE));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b", "irpc.server.ssl.client-auth=need")
			.run((context) -> this.client
				.withPropertyValues("irpc.client.address=localhost:" + port(context), "irpc.client.ssl.bundle=b")
				.run((other) -> assertNotConnected(other.getBean(IrpcClient.class), "the peer re", "a certificate")));
	}

	@Test
	void whenBundleOfTheServerChangesThenNewConnectionsGetTheNewKeyAndOthersGoOn() {
		serverBundle(bundle(ONE, null));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b").run((context) -> {
			try (TlsClient before = new TlsClient(port(context))) {
				assertThat(before.ask("!ping@1")).isEqualTo(">1\t\tnull");
				this.serverBundles.updateBundle("b", bundle(OTHER, null));
				assertThat(before.ask("!ping@2")).isEqualTo(">2\t\tnull");
				try (TlsClient after = new TlsClient(port(context))) {
					assertThat(after.ask("!ping@3")).isEqualTo(">3\t\tnull");
					assertThat(after.serverCertificate()).isEqualTo(OTHER.certificate());
				}
				assertThat(context.getBean(IrpcServer.class).pin()).isEqualTo(PublicKeyPin.of(OTHER.certificate()));
			}
		});
	}

	@Test
	void whenBundleOfTheServerBecomesUnusableThenItGoesOnWithWhatItHad(CapturedOutput output) {
		serverBundle(bundle(ONE, null));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b").run((context) -> {
			this.serverBundles.updateBundle("b", bundle(null, OTHER));
			assertThat(output).contains("ERROR", "'b' has changed and cannot be used");
			try (TlsClient after = new TlsClient(port(context))) {
				assertThat(after.ask("!ping@1")).isEqualTo(">1\t\tnull");
			}
		});
	}

	@Test
	void whenBundleOfTheClientChangesThenItsNextConnectionUsesIt() {
		serverBundle(bundle(ONE, null));
		clientBundle(bundle(null, OTHER));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b")
			.run((context) -> this.client
				.withPropertyValues("irpc.client.address=localhost:" + port(context), "irpc.client.ssl.bundle=b",
						"irpc.client.reconnect.max-delay=50ms")
				.run((other) -> {
					IrpcClient calling = other.getBean(IrpcClient.class);
					assertNotConnected(calling, "certificate is not trusted");
					this.clientBundles.updateBundle("b", bundle(null, ONE));
					await().ignoreException(NotConnectedException.class).until(() -> isEncrypted(calling));
					// the connection there is goes on
					this.clientBundles.updateBundle("b", bundle(null, OTHER));
					assertThat(isEncrypted(calling)).isTrue();
				}));
	}

	@Test
	void whenServersKeyIsDamagedThenTheStartFailsAndTheFileStays() throws IOException {
		Path file = Files.writeString(this.directory.resolve("identity.pem"), "precious");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		this.server.withPropertyValues("irpc.server.ssl.directory=" + this.directory).run((context) -> {
			assertThat(Analyses.of(context.getStartupFailure()).getDescription()).contains(file.toString(), "damaged");
			assertThat(Analyses.of(context.getStartupFailure()).getAction()).contains("chmod 600");
			assertThat(file).hasContent("precious");
		});
	}

	@Test
	void whenKeyCannotBeKeptThenOnLoopbackTheServerWarnsAndStarts(CapturedOutput output) throws IOException {
		Path occupied = Files.writeString(this.directory.resolve("file"), "");
		this.server.withPropertyValues("irpc.server.ssl.directory=" + occupied).run((context) -> {
			assertThat(output).contains("WARN", "The server's key cannot be kept in " + occupied);
			try (TlsClient raw = new TlsClient(port(context))) {
				assertThat(raw.ask("!ping@1")).isEqualTo(">1\t\tnull");
			}
		});
	}

	@Test
	void whenKeyCannotBeKeptThenElsewhereTheStartFails() throws IOException {
		Path occupied = Files.writeString(this.directory.resolve("file"), "");
		this.server
			.withPropertyValues("irpc.server.ssl.directory=" + occupied, "irpc.server.address=0.0.0.0",
					"irpc.server.exposure=unprotected")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getAction())
				.contains("irpc.server.ssl.directory", "irpc.server.ssl.bundle"));
	}

	@Test
	void whenServerIsNotStartedThenItMakesNoKey() {
		ServerRunner.of()
			.withPropertyValues("irpc.server.port=", "irpc.server.ssl.directory=" + this.directory.resolve("tls"))
			.run((context) -> assertThat(this.directory.resolve("tls")).doesNotExist());
	}

	@Test
	void whenTlsIsDisabledThenTheServerSpeaksPlainTextOnly() {
		this.server.withPropertyValues("irpc.server.ssl.enabled=false").run((context) -> {
			assertThat(context.getBean(IrpcServer.class).pin()).isNull();
			try (RawClient raw = ServerRunner.connect(context)) {
				assertThat(raw.sendBytes(new byte[] { 0x16, 3, 1, '\n' }).read()).startsWith(">\tException");
			}
		});
	}

	@Test
	void whenTimeForTheHandshakeIsSetThenItHolds() {
		this.server.withPropertyValues("irpc.server.ssl.handshake-timeout=50ms").run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.sendBytes(new byte[] { 0x16 });
				assertThat(raw.read()).isNull();
			}
		});
	}

	@Test
	void whenClientsMustShowACertificateThenTheBundleMustTellWhomToTrust() {
		serverBundle(bundle(ONE, null));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b", "irpc.server.ssl.client-auth=want")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getAction()).contains("trust store",
					"'b'"));
	}

	@Test
	void whenBundleOfTheServerHasNoKeyThenTheStartFails() {
		serverBundle(bundle(null, ONE));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("irpc.server.ssl.bundle=b has no key"));
	}

	@Test
	void whenPlainTextIsInsistedOnAndThereIsABundleThenTheStartFails() {
		this.client
			.withPropertyValues("irpc.client.address=localhost:1", "irpc.client.ssl.enabled=false",
					"irpc.client.ssl.bundle=b")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.isEqualTo("irpc.client.ssl.enabled=false contradicts irpc.client.ssl.bundle"));
	}

	@Test
	void whenPlainTextIsInsistedOnAndThereIsAPinThenTheStartFails() {
		this.client
			.withPropertyValues("irpc.client.address=irpc://localhost:1?pin=sha256:" + "A".repeat(43),
					"irpc.client.ssl.enabled=false")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("Plain text contradicts the pin in the address of localhost:1"));
	}

	@Test
	void whenTlsIsInsistedOnThenItIsUsedOnThisMachineAsWell() {
		serverBundle(bundle(ONE, null));
		clientBundle(bundle(null, OTHER));
		this.server.withPropertyValues("irpc.server.ssl.bundle=b")
			.run((context) -> this.client
				.withPropertyValues("irpc.client.address=localhost:" + port(context), "irpc.client.ssl.enabled=true")
				.run((other) -> assertNotConnected(other.getBean(IrpcClient.class), "certificate")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "irpc.client.ssl.enabled=true", "irpc.client.ssl.bundle=b" })
	void whenTlsIsConfiguredForAUnixSocketThenTheStartFails(String property) {
		this.client.withPropertyValues("irpc.client.address=unix:/tmp/a.sock", property)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("no TLS over a Unix domain socket"));
	}

	private static int port(ApplicationContext context) {
		return context.getBean(IrpcServer.class).port();
	}

	private static boolean isEncrypted(IrpcClient calling) {
		return Objects.requireNonNull(calling.call("isEncrypted").retrieve(Boolean.class));
	}

	private static void assertNotConnected(IrpcClient calling, String... messages) {
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> isEncrypted(calling))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(messages));
	}

	private void serverBundle(SslBundle bundle) {
		this.serverBundles.registerBundle("b", bundle);
	}

	private void clientBundle(SslBundle bundle) {
		this.clientBundles.registerBundle("b", bundle);
	}

	private static SslBundle bundle(@Nullable ServerIdentity key, @Nullable ServerIdentity trusted,
			String... protocols) {
		return SslBundle.of(
				SslStoreBundle.of((key != null) ? keyStore(key) : null, "",
						(trusted != null) ? trustStore(trusted) : null),
				SslBundleKey.NONE, SslOptions.of(null, (protocols.length > 0) ? protocols : null));
	}

	private static KeyStore keyStore(ServerIdentity key) {
		try {
			KeyStore store = emptyStore();
			store.setKeyEntry("key", key.key(), new char[0], new Certificate[] { key.certificate() });
			return store;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore trustStore(ServerIdentity trusted) {
		try {
			KeyStore store = emptyStore();
			store.setCertificateEntry("trusted", trusted.certificate());
			return store;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		return store;
	}

	@IrpcService
	static class Service {

		public boolean isEncrypted(IrpcSession session) {
			return session.isEncrypted();
		}

		public @Nullable String peerPin(IrpcSession session) {
			return (session.peerCertificate() != null) ? PublicKeyPin.of(session.peerCertificate()).text() : null;
		}

	}

}
