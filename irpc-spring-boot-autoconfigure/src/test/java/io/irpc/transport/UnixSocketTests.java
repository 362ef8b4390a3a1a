package io.irpc.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.irpc.payload.Payload;
import io.irpc.protocol.Response;
import io.irpc.support.Alarms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of connections over Unix domain sockets and of their files.
 */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "A socket file there has neither permissions nor a peer's user")
class UnixSocketTests {

	private static final ConnectionOptions OPTIONS = TestOptions.create().build();

	@RegisterExtension
	final Alarms alarms = new Alarms("io.irpc.transport", "io.netty");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path path;

	@SuppressWarnings("NullAway.Init")
	private IrpcServerTransport server;

	@BeforeEach
	void createServer() {
		this.path = this.directory.resolve("irpc.sock");
		this.server = server();
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenClientConnectsThenMessagesGoBothWays() throws Exception {
		assertThat(bind(this.server)).isEqualTo(UnixDomainSocketAddress.of(this.path));
		assertAnswers();
		assertThat(this.alarms.messages()).isEmpty();
	}

	@Test
	void whenSocketIsBoundThenItsFileIsForItsOwnerAloneAndGoesWithIt() throws IOException {
		bind(this.server);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.path))).isEqualTo("rw-------");
		this.server.close();
		assertThat(this.path).doesNotExist();
	}

	@Test
	void whenPeerIsAProcessOfThisUserThenItsNameIsKnown() throws Exception {
		List<RecordingListener> accepted = new CopyOnWriteArrayList<>();
		try (IrpcServerTransport recording = new IrpcServerTransport(OPTIONS, TestTls.security(), (connection) -> {
			accepted.add(new RecordingListener(connection,
					(sender, message) -> sender.send(Response.value("p", Payload.NULL))));
			return accepted.get(0);
		})) {
			bind(recording);
			try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(this.path))) {
				await().until(() -> accepted.size() == 1 && accepted.get(0).events().contains("opened"));
				IrpcConnection connection = accepted.get(0).connection();
				assertThat(connection.peerUser()).isEqualTo(Files.getOwner(this.path).getName());
				assertThat(connection.isLocal()).isTrue();
				assertThat(connection.isEncrypted()).isFalse();
				assertThat(client.isConnected()).isTrue();
			}
			await().until(accepted.get(0)::isClosed);
			assertThat(accepted.get(0).connection().peerUser()).isNull();
		}
	}

	@Test
	void whenUserIsNeitherTheOwnerOfTheSocketNorRootThenItsNameIsUnknown() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		int owner = (int) Files.getAttribute(file, "unix:uid");
		assertThat(UnixUsers.name(owner, file)).isEqualTo(Files.getOwner(file).getName());
		assertThat(UnixUsers.name(0, file)).isEqualTo("root");
		assertThat(UnixUsers.name(owner + 1, file)).isNull();
	}

	@Test
	void whenDeadProcessLeftSocketBehindThenItIsReplaced() throws Exception {
		try (ServerSocketChannel dead = listen()) {
			assertThat(dead.isOpen()).isTrue();
		}
		assertThat(this.path).exists();
		bind(this.server);
		assertAnswers();
	}

	@Test
	void whenSocketIsInUseThenItIsNotReplaced() throws Exception {
		bind(this.server);
		try (IrpcServerTransport other = server()) {
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(other))
				.withMessageContaining("already in use")
				.withMessageContaining(this.path.toString());
		}
		assertAnswers();
	}

	@Test
	void whenListenerIsTooBusyToAcceptThenItsSocketIsNotReplaced() throws IOException {
		List<SocketChannel> waiting = new ArrayList<>();
		try (ServerSocketChannel busy = listen()) {
			SocketAddress address = busy.getLocalAddress();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				while (waiting.size() < 10_000) {
					SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
					waiting.add(client);
					client.configureBlocking(false);
					client.connect(address);
				}
			}).withMessageContaining("unavailable");
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(this.server))
				.withMessageContaining("already in use");
		}
		finally {
			for (SocketChannel client : waiting) {
				client.close();
			}
		}
	}

	@Test
	void whenFileIsRegularThenItIsNeverDeleted() throws IOException {
		Files.writeString(this.path, "precious");
		assertNotReplaced();
		assertThat(this.path).hasContent("precious");
	}

	@Test
	void whenFileIsDirectoryThenItIsNeverDeleted() throws IOException {
		Files.createDirectory(this.path);
		assertNotReplaced();
	}

	@Test
	void whenFileIsPipeThenItIsNeverDeleted() throws Exception {
		assertThat(new ProcessBuilder("mkfifo", this.path.toString()).start().waitFor()).isZero();
		assertNotReplaced();
	}

	@Test
	void whenFileIsLinkThenItIsNeitherFollowedNorDeleted() throws IOException {
		Files.createSymbolicLink(this.path, this.directory.resolve("elsewhere.sock"));
		assertNotReplaced();
		assertThat(Files.isSymbolicLink(this.path)).isTrue();
	}

	@Test
	void whenBindingFailedThenCloseDeletesNothing() throws IOException {
		Files.writeString(this.path, "precious");
		assertNotReplaced();
		this.server.close();
		assertThat(this.path).hasContent("precious");
	}

	private void assertNotReplaced() {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(this.server))
			.withMessageContaining("not a socket")
			.withMessageContaining(this.path.toString());
		assertThat(Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)).isTrue();
	}

	private void assertAnswers() throws Exception {
		try (IrpcClientTransport transport = new IrpcClientTransport(OPTIONS, Duration.ofSeconds(10))) {
			CompletableFuture<RecordingListener> client = new CompletableFuture<>();
			transport.connect(UnixDomainSocketAddress.of(this.path), null, (connection) -> {
				client.complete(new RecordingListener(connection, (sender, message) -> {
				}));
				return client.join();
			}).get();
			client.get().connection().send(RecordingListener.PING);
			await().until(() -> client.get().received().equals(List.of(Response.value("p", Payload.NULL))));
		}
	}

	private ServerSocketChannel listen() throws IOException {
		return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(this.path), 1);
	}

	private Object bind(IrpcServerTransport transport) throws IOException {
		return transport.bind(UnixDomainSocketAddress.of(this.path));
	}

	private static IrpcServerTransport server() {
		return new IrpcServerTransport(OPTIONS, TestServer.PLAIN_TEXT, (connection) -> new RecordingListener(connection,
				(sender, message) -> sender.send(Response.value("p", Payload.NULL))));
	}

}
