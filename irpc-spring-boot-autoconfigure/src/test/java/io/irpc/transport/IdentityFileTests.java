package io.irpc.transport;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link IdentityFile} and the {@link ServerIdentity} in it.
 */
@Timeout(60)
class IdentityFileTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void whenIdentityWasMadeThenItIsReadAgain() throws IOException {
		IdentityFile file = file();
		ServerIdentity made = file.readOrCreate(Clock.systemUTC());
		ServerIdentity read = file().readOrCreate(Clock.systemUTC());
		assertThat(read.certificate()).isEqualTo(made.certificate());
		assertThat(read.key()).isEqualTo(made.key());
		assertThat(read).hasToString("ServerIdentity[" + PublicKeyPin.of(made.certificate()) + "]");
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There are no POSIX permissions")
	void whenIdentityIsMadeThenOnlyItsOwnerMayReadIt() throws IOException {
		IdentityFile file = file();
		file.readOrCreate(Clock.systemUTC());
		assertThat(permissions(file.path())).isEqualTo("rw-------");
		assertThat(permissions(file.path().resolveSibling("."))).isEqualTo("rwx------");
	}

	@Test
	void whenThreadsStartAtTheSameTimeThenThereIsOneIdentity() {
		List<CompletableFuture<X509Certificate>> starts = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> {
				try {
					return file().readOrCreate(Clock.systemUTC()).certificate();
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			}))
			.toList();
		assertThat(starts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
	}

	@Test
	void whenProcessesStartAtTheSameTimeThenThereIsOneIdentity() throws Exception {
		List<Process> processes = new ArrayList<>();
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		for (int i = 0; i < 3; i++) {
			processes.add(new ProcessBuilder(
					System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-cp",
					classPath, Starter.class.getName(), this.directory.toString())
				.redirectErrorStream(true)
				.start());
		}
		List<String> pins = new ArrayList<>();
		for (Process process : processes) {
			pins.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
		}
		assertThat(pins).allMatch((pin) -> pin.startsWith("sha256:"));
		assertThat(pins.stream().distinct()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "precious", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" })
	void whenFileIsDamagedThenItIsNotReplaced(String content) throws IOException {
		IdentityFile file = file();
		file.readOrCreate(Clock.systemUTC());
		Files.writeString(file.path(), content);
		assertThatExceptionOfType(InvalidIdentityException.class).isThrownBy(() -> file.readOrCreate(Clock.systemUTC()))
			.withMessageContaining("damaged");
		assertThat(file.path()).hasContent(content);
	}

	@Test
	void whenKeyAndCertificateAreOfDifferentIdentitiesThenTheFileIsInvalid() {
		String one = ServerIdentity.create(Clock.systemUTC()).toPem();
		String other = ServerIdentity.create(Clock.systemUTC()).toPem();
		String mixed = one.substring(0, one.indexOf("-----BEGIN CERT"))
				+ other.substring(other.indexOf("-----BEGIN CERT"));
		assertThatExceptionOfType(InvalidIdentityException.class).isThrownBy(() -> ServerIdentity.ofPem(mixed))
			.withMessageContaining("do not belong together");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r-----", "rw----r--", "rw--w----" })
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There are no POSIX permissions")
	void whenOthersMayUseTheFileThenItIsRefused(String permissions) throws IOException {
		IdentityFile file = file();
		file.readOrCreate(Clock.systemUTC());
		Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(permissions));
		assertThatExceptionOfType(InvalidIdentityException.class).isThrownBy(() -> file.readOrCreate(Clock.systemUTC()))
			.withMessageContaining(permissions);
	}

	@Test
	void whenDirectoryCannotBeMadeThenItIsNoInvalidIdentity() throws IOException {
		Path occupied = Files.writeString(this.directory.resolve("file"), "");
		IdentityFile file = new IdentityFile(occupied.resolve("irpc"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.readOrCreate(Clock.systemUTC()))
			.isNotInstanceOf(InvalidIdentityException.class);
	}

	@Test
	void whenEarlierStartWasInterruptedThenItsRestIsNoHindrance() throws IOException {
		IdentityFile file = file();
		Files.createDirectories(file.path().resolveSibling("."));
		Files.writeString(file.path().resolveSibling("identity.pem.new"), "half");
		Files.writeString(file.path().resolveSibling("identity.pem.lock"), "");
		assertThat(file.readOrCreate(Clock.systemUTC()).certificate()).isNotNull();
		assertThat(file.path().resolveSibling("identity.pem.new")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-01-02T03:04:05Z", "2049-12-31T00:00:00Z", "2050-06-01T00:00:00Z" })
	void whenCertificateIsMadeThenItIsSoundAndValidFromTheDayBeforeForEver(String now) throws Exception {
		Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
		X509Certificate certificate = ServerIdentity.create(clock).certificate();
		certificate.verify(certificate.getPublicKey());
		assertThat(certificate.getVersion()).isEqualTo(3);
		assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
		assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
		assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
		assertThat(certificate.getNotBefore()).isEqualTo(clock.instant().minusSeconds(24 * 60 * 60));
		assertThat(certificate.getNotAfter()).isEqualTo("9999-12-31T23:59:59Z");
		assertThat(certificate.getSerialNumber()).isPositive();
		assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
		assertThat(certificate.getCriticalExtensionOIDs()).containsExactly("2.5.29.19");
		assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sha256:", "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
			"sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
			"sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
			"sha256:+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
	void whenTextIsNoPinThenItIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PublicKeyPin(text))
			.withMessageContaining("sha256: and 43 characters");
	}

	private IdentityFile file() {
		return new IdentityFile(this.directory.resolve("a").resolve("b"));
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	/**
	 * Another process.
	 */
	static final class Starter {

		private Starter() {
		}

		public static void main(String[] args) throws IOException {
			ServerIdentity identity = new IdentityFile(Path.of(args[0])).readOrCreate(Clock.systemUTC());
			System.out.println(PublicKeyPin.of(identity.certificate()));
		}

	}

}
