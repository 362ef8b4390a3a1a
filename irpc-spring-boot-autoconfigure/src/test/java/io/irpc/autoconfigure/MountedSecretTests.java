package io.irpc.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;

import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import io.irpc.support.TlsClient;
import io.irpc.transport.ServerIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A key that Kubernetes mounts and replaces: the files are links through a link to a
 * directory, and that link is what changes.
 */
@Timeout(60)
class MountedSecretTests {

	private static final ServerIdentity ONE = ServerIdentity.create(Clock.systemUTC());

	private static final ServerIdentity OTHER = ServerIdentity.create(Clock.systemUTC());

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path volume;

	@BeforeEach
	void mount() throws IOException {
		write("..2026_11_26_first", ONE);
		Files.createSymbolicLink(this.volume.resolve("..data"), Path.of("..2026_11_26_first"));
		Files.createSymbolicLink(this.volume.resolve("tls.crt"), Path.of("..data", "tls.crt"));
		Files.createSymbolicLink(this.volume.resolve("tls.key"), Path.of("..data", "tls.key"));
	}

	@Test
	void aSecretThatIsReplacedHoldsForNewConnectionsWhileEstablishedOnesGoOn() {
		String bundle = "spring.ssl.bundle.pem.server.";
		ServerRunner.of()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues(bundle + "keystore.certificate=file:" + this.volume.resolve("tls.crt"),
					bundle + "keystore.private-key=file:" + this.volume.resolve("tls.key"),
					bundle + "reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=100ms",
					"irpc.server.ssl.bundle=server")
			.run((context) -> {
				IrpcServer server = context.getBean(IrpcServer.class);
				try (TlsClient established = new TlsClient(server.port())) {
					assertThat(established.ask("!ping@1")).isEqualTo(">1\t\tnull");
					assertThat(established.serverCertificate()).isEqualTo(ONE.certificate());
					replace();
					await().untilAsserted(() -> {
						try (TlsClient next = new TlsClient(server.port())) {
							assertThat(next.ask("!ping@1")).isEqualTo(">1\t\tnull");
							assertThat(next.serverCertificate()).isEqualTo(OTHER.certificate());
						}
					});
					assertThat(server.certificate()).isEqualTo(OTHER.certificate());
					assertThat(established.ask("!ping@2")).isEqualTo(">2\t\tnull");
				}
			});
	}

	// as the kubelet does: the new link takes the place of the old one at once
	private void replace() throws IOException {
		write("..2026_11_26_second", OTHER);
		Path link = Files.createSymbolicLink(this.volume.resolve("..data_tmp"), Path.of("..2026_11_26_second"));
		Files.move(link, this.volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
	}

	private void write(String directory, ServerIdentity identity) throws IOException {
		Path target = Files.createDirectory(this.volume.resolve(directory));
		Files.writeString(target.resolve("tls.crt"), pem("CERTIFICATE", encoded(identity.certificate())));
		Files.writeString(target.resolve("tls.key"), pem("PRIVATE KEY", identity.key().getEncoded()));
	}

	private static byte[] encoded(X509Certificate certificate) {
		try {
			return certificate.getEncoded();
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pem(String type, byte[] bytes) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes)
				+ "\n-----END " + type + "-----\n";
	}

}
