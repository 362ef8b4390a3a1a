package io.irpc.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.annotation.IrpcService;
import io.irpc.call.NotConnectedException;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.protocol.ErrorCode;
import io.irpc.security.pairing.PairedClient;
import io.irpc.security.pairing.PairedClients;
import io.irpc.security.pairing.PairingCodes;
import io.irpc.server.IrpcServer;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of pairing, from the line that the server logs to calls of the client.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class PairingTests {

	private static final Pattern LINE = Pattern
		.compile("irpc://127\\.0\\.0\\.1:\\d+\\?pin=sha256:[A-Za-z0-9_-]{43}(&code=[2-9a-z-]{19})?");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private ApplicationContextRunner server;

	@SuppressWarnings("NullAway.Init")
	private ApplicationContextRunner client;

	@BeforeEach
	void prepare() {
		this.server = ServerRunner.secured(Service.class)
			.withPropertyValues("irpc.server.ssl.directory=" + this.directory.resolve("server"),
					"irpc.server.login.recheck-interval=50ms");
		this.client = ServerRunner.of()
			.withPropertyValues("irpc.server.enabled=false", "irpc.client.name=monitor",
					"irpc.client.reconnect.initial-delay=10ms", "irpc.client.reconnect.max-delay=50ms",
					"irpc.client.credentials-file=" + file());
	}

	@Test
	void aClientWithTheLineIsPairedOnceAndUsesItsCredentialFromThenOn(CapturedOutput output) {
		AtomicInteger starts = new AtomicInteger();
		CompletableFuture<String> token = new CompletableFuture<>();
		this.server.run((context) -> {
			String line = line(output);
			for (int i = 0; i < 2; i++) {
				start(line, (other) -> {
					assertThat(whoami(other)).isEqualTo("paired:monitor");
					assertThat(other.getBean(IrpcClient.class).call("answer").retrieve(Integer.class)).isEqualTo(42);
					assertThat(other.getBean(IrpcClient.class).call("whaticando").retrieve(String[].class))
						.containsExactly("ROLE_PAIRED");
					starts.incrementAndGet();
				});
			}
			assertThat(context.getBean(PairedClients.class).list()).extracting(PairedClient::name)
				.containsExactly("monitor");
			token.complete(Files.readString(file()).replaceAll("(?s).*(irpc-[A-Za-z0-9_-]{43}).*", "$1"));
		});
		this.server.run((context) -> {
			String spent = line(output).replaceFirst(":\\d+\\?", ":" + port(context) + "?");
			start(spent, (other) -> {
				assertThat(whoami(other)).isEqualTo("paired:monitor");
				starts.incrementAndGet();
			});
		});
		assertThat(starts).hasValue(3);
		assertThat(token.join()).startsWith("irpc-");
		assertThat(output).doesNotContain(token.join());
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There are no POSIX permissions")
	void whatTheClientKeepsIsForItsOwnerAlone(CapturedOutput output) {
		this.server.run((context) -> start(line(output), (other) -> {
			whoami(other);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
		}));
	}

	@Test
	void aCodeIsGoodForOneClient(CapturedOutput output) {
		this.server.run((context) -> {
			start(line(output), PairingTests::whoami);
			Files.delete(file());
			start(line(output), (other) -> {
				assertRefused(other, "new line of the server's");
				// calls fail a little before the log says why
				await().untilAsserted(() -> assertThat(output).contains("ERROR"));
			});
			assertThat(context.getBean(PairedClients.class).list()).hasSize(1);
		});
	}

	@Test
	void aRevokedClientLosesItsSessionAndIsToldWhatToDo(CapturedOutput output) {
		this.server.run((context) -> {
			PairedClients clients = context.getBean(PairedClients.class);
			start(line(output), (other) -> {
				assertThat(whoami(other)).isEqualTo("paired:monitor");
				clients.revoke(clients.list().get(0).id());
				await().until(() -> other.getBean(IrpcClient.class).state() != ConnectionState.CONNECTED);
				await().untilAsserted(() -> assertRefused(other, "new line of the server's"));
				assertThat(output).contains("The login is not valid any more");
			});
		});
	}

	@Test
	void aRevokedClientWithANewCodeIsPairedAgain(CapturedOutput output) {
		this.server.run((context) -> {
			PairedClients clients = context.getBean(PairedClients.class);
			start(line(output), PairingTests::whoami);
			clients.revoke(clients.list().get(0).id());
			String code = context.getBean(PairingCodes.class).issue();
			start(line(output).replaceFirst("code=.*", "code=" + code),
					(other) -> await().ignoreException(NotConnectedException.class)
						.until(() -> "paired:monitor".equals(whoami(other))));
		});
	}

	@Test
	void aPinWithoutACodeUsesTheCredentialThatIsThere(CapturedOutput output) {
		this.server.run((context) -> {
			start(line(output), PairingTests::whoami);
			start(line(output).replaceFirst("&code=.*", ""),
					(other) -> assertThat(whoami(other)).isEqualTo("paired:monitor"));
		});
	}

	@Test
	void aServerWithAnotherKeyNeverSeesTheCode(CapturedOutput output) {
		this.server.run((context) -> {
			String line = line(output).replaceFirst("pin=sha256:.{42}", "pin=sha256:" + "A".repeat(42));
			start(line.replaceFirst("A{42}.", "A".repeat(43)),
					(other) -> assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> whoami(other))
						.withMessageContaining("Somebody may be answering in its place"));
			start(line(output), (other) -> assertThat(whoami(other)).isEqualTo("paired:monitor"));
		});
	}

	@Test
	void whenPairingIsOffThenThereIsNoCodeAndNoFunction(CapturedOutput output) {
		this.server.withPropertyValues("irpc.server.pairing.enabled=false").run((context) -> {
			assertThat(line(output)).doesNotContain("code=");
			try (RawClient raw = ServerRunner.connect(context)) {
				assertThat(raw.ask("!call@1\tfn:pair\tcode=\"a\""))
					.isEqualTo(">1\tException\t\"pair is not a registered function!\"");
			}
			start(line(output) + "&code=abcd", (other) -> assertRefused(other, "does not pair clients"));
		});
	}

	@Test
	void guessingCostsWhatFailedLoginsCost() {
		this.server.run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				String guess = "!call@1\tfn:pair\tcode=\"abcd\"";
				assertThat(raw.ask(guess)).isEqualTo(">1\tException\t\"The code is wrong, used or expired\"");
				raw.ask(guess);
				raw.ask(guess);
				assertThat(raw.read()).contains("Too many failed logins");
				assertThat(raw.read()).isNull();
			}
		});
	}

	@Test
	void authoritiesOfPairedClientsAreConfigured(CapturedOutput output) {
		this.server.withPropertyValues("irpc.server.pairing.authorities=a,b")
			.run((context) -> start(line(output),
					(other) -> assertThat(other.getBean(IrpcClient.class).call("whaticando").retrieve(String[].class))
						.containsExactly("a", "b")));
	}

	@Test
	void aCodeAndAPasswordContradictEachOther() {
		start("irpc://localhost:1?pin=sha256:" + "A".repeat(43) + "&code=abcd",
				(other) -> assertThat(Analyses.of(other.getStartupFailure()).getDescription()).contains("pairing code"),
				"irpc.client.username=a", "irpc.client.password=b");
	}

	@Test
	void aCodeWithoutAPinFailsTheStartWithoutShowingIt() {
		start("irpc://localhost:1?code=s3cr3t",
				(other) -> assertThat(Analyses.of(other.getStartupFailure()).getDescription())
					.contains("code without the pin")
					.doesNotContain("s3cr3t"));
	}

	@Test
	void aDamagedFileOfTheClientFailsTheStartAndStays() throws IOException {
		Files.writeString(file(), "precious");
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
		start("irpc://localhost:1?pin=sha256:" + "A".repeat(43), (other) -> {
			assertThat(Analyses.of(other.getStartupFailure()).getDescription()).contains(file().toString(), "damaged");
			assertThat(Analyses.of(other.getStartupFailure()).getAction()).contains("irpc.client.credentials-file");
			assertThat(file()).hasContent("precious");
		});
	}

	private void start(String line, ContextConsumer<AssertableApplicationContext> consumer, String... properties) {
		this.client.withPropertyValues("irpc.client.address=" + line).withPropertyValues(properties).run(consumer);
	}

	private Path file() {
		return this.directory.resolve("credentials.json");
	}

	private static String line(CapturedOutput output) {
		Matcher line = LINE.matcher(output);
		assertThat(line.find()).isTrue();
		return line.group();
	}

	private static int port(ApplicationContext context) {
		return context.getBean(IrpcServer.class).port();
	}

	private static @Nullable String whoami(ApplicationContext context) {
		return context.getBean(IrpcClient.class).call("whoami").retrieve(String.class);
	}

	private static void assertRefused(ApplicationContext context, String message) {
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> whoami(context))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
	}

	@IrpcService
	static class Service {

		public int answer() {
			return 42;
		}

	}

}
