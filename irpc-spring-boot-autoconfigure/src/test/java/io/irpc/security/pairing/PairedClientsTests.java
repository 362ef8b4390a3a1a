package io.irpc.security.pairing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.irpc.protocol.IrpcException;
import io.irpc.service.IrpcConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link PairedClients}.
 */
class PairedClientsTests {

	private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(START);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void aClientIsFoundByItsTokenAlsoAfterARestart() {
		PairedCredential credential = clients().pair("monitor");
		assertThat(credential.token()).matches("irpc-[A-Za-z0-9_-]{43}");
		PairedClients again = clients();
		assertThat(again.authenticate(credential.token())).get().extracting(PairedClient::name).isEqualTo("monitor");
		assertThat(again.authenticate("irpc-")).isEmpty();
		assertThat(again.list()).singleElement().extracting(PairedClient::paired).isEqualTo(START);
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There are no POSIX permissions")
	void onlyHashesAreKeptAndOnlyTheOwnerMayReadThem() throws IOException {
		PairedCredential credential = clients().pair("monitor");
		assertThat(Files.readString(file())).contains("monitor").doesNotContain(credential.token());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
		assertThat(credential.toString()).doesNotContain(credential.token());
	}

	@Test
	void namesAreUniqueAndPrintableAndShort() {
		PairedClients clients = clients();
		assertThat(clients.pair("a").name()).isEqualTo("a");
		assertThat(clients.pair("a").name()).isEqualTo("a-2");
		assertThat(clients.pair("").name()).isEqualTo("client");
		assertThat(clients.pair("x\n\u001b[2J\u202e").name()).isEqualTo("x___2J_");
		assertThat(clients.pair("x".repeat(1000)).name()).hasSize(64);
	}

	@Test
	void theLastUseIsKeptToTheHour() throws IOException {
		PairedClients clients = clients();
		String token = clients.pair("a").token();
		clients.authenticate(token);
		String written = Files.readString(file());
		this.now.set(START.plus(Duration.ofMinutes(59)));
		clients.authenticate(token);
		assertThat(file()).hasContent(written);
		this.now.set(START.plus(Duration.ofMinutes(61)));
		clients.authenticate(token);
		assertThat(clients().list()).singleElement()
			.extracting(PairedClient::lastUsed)
			.isEqualTo(START.plus(Duration.ofHours(1)));
	}

	@Test
	void aRevokedClientIsFoundNoMore() {
		PairedClients clients = clients();
		String token = clients.pair("a").token();
		clients.pair("b");
		assertThat(clients.revoke(clients.list().get(0).id())).isTrue();
		assertThat(clients.revoke("nosuch")).isFalse();
		assertThat(clients.authenticate(token)).isEmpty();
		assertThat(clients().list()).extracting(PairedClient::name).containsExactly("b");
	}

	@Test
	void serversThatShareTheFileLoseNoClient() {
		PairedClients one = clients();
		PairedClients other = clients();
		one.pair("a");
		other.pair("b");
		assertThat(clients().list()).extracting(PairedClient::name).containsExactly("a", "b");
	}

	@Test
	void thereIsALimit() throws IOException {
		StringBuilder json = new StringBuilder("{\"clients\":[");
		for (int i = 0; i < PairedClients.MAX_CLIENTS; i++) {
			json.append((i > 0) ? "," : "")
				.append("{\"client\":{\"id\":\"%d\",\"name\":\"%d\",\"paired\":\"%s\"},\"token\":\"%d\"}".formatted(i,
						i, START, i));
		}
		write(json.append("]}").toString());
		assertThatExceptionOfType(IrpcException.class).isThrownBy(() -> clients().pair("a"))
			.withMessageContaining("expected: < 1000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "precious", "{}", "null", "{\"clients\":[null]}", "{\"clients\":[{\"token\":\"a\"}]}",
			"{\"clients\":[{\"client\":{\"name\":\"a\"},\"token\":\"a\"}]}" })
	void aDamagedFileFailsTheStartAndStays(String content) throws IOException {
		write(content);
		assertThatExceptionOfType(IrpcConfigurationException.class).isThrownBy(this::clients)
			.withMessageContaining(file().toString())
			.withMessageContaining("damaged");
		assertThat(file()).hasContent(content);
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There are no POSIX permissions")
	void aFileThatOthersMayReadFailsTheStart() throws IOException {
		clients().pair("a");
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
		assertThatExceptionOfType(IrpcConfigurationException.class).isThrownBy(this::clients)
			.withMessageContaining("rw-r--r--");
	}

	private void write(String content) throws IOException {
		clients().pair("any");
		Files.writeString(file(), content);
	}

	private Path file() {
		return this.directory.resolve("paired-clients.json");
	}

	private PairedClients clients() {
		return new PairedClients(this.directory, () -> this.now.get());
	}

}
