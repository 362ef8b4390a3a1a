package io.irpc.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.irpc.annotation.IrpcService;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the server listens, and what the developer is told when it cannot.
 */
@ExtendWith(OutputCaptureExtension.class)
class IrpcServerAddressTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenAddressIsNotSetThenOnlyTheLoopbackIsListenedOn(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(context.getBean(IrpcServerSettings.class).address()).isInstanceOfSatisfying(
					InetSocketAddress.class,
					(address) -> assertThat(address.getAddress().isLoopbackAddress()).isTrue());
			assertThat(output).containsPattern("IRPC server listens on 127\\.0\\.0\\.1:\\d+")
				.doesNotContain("exposed to the network");
		});
	}

	@Test
	void whenAddressIsNotTheLoopbackThenStartFailsSayingHowToInsist() {
		FailureAnalysis analysis = analyse("irpc.server.address=0.0.0.0");
		assertThat(analysis.getDescription()).contains("irpc.server.address=0.0.0.0")
			.contains("without authentication");
		assertThat(analysis.getAction()).contains("loopback").contains("irpc.server.exposure=unprotected");
	}

	@Test
	void whenExposureIsInsistedOnThenTheServerStartsAndWarns(CapturedOutput output) {
		this.runner.withPropertyValues("irpc.server.address=0.0.0.0", "irpc.server.exposure=unprotected")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
				}
				assertThat(output).containsPattern("WARN.*exposed to the network on 0\\.0\\.0\\.0");
				context.getSourceApplicationContext().stop();
				context.getSourceApplicationContext().start();
				assertThat(output.toString().split("exposed to the network", -1)).as("a warning a start").hasSize(3);
			});
	}

	@Test
	void whenPortIsInUseThenStartFailsNamingIt() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			FailureAnalysis analysis = analyse("irpc.server.port=" + socket.getLocalPort());
			assertThat(analysis.getDescription()).contains("127.0.0.1:" + socket.getLocalPort())
				.contains("the port is in use");
			assertThat(analysis.getAction()).contains("irpc.server.port");
		}
	}

	@Test
	void whenAddressIsNotOfThisMachineThenStartFails() {
		FailureAnalysis analysis = analyse("irpc.server.address=192.0.2.1", "irpc.server.exposure=unprotected");
		assertThat(analysis.getDescription()).contains("192.0.2.1:0");
		assertThat(analysis.getAction()).contains("irpc.server.address").contains("an address of this machine");
	}

	@Test
	void whenUnixSocketIsSetThenItAnswersToItsOwnerAlone(@TempDir Path directory, CapturedOutput output) {
		Path path = directory.resolve("irpc.sock");
		this.runner.withPropertyValues("irpc.server.unix-socket=" + path).run((context) -> {
			assertThat(ask(path, "!call@1\tfn:number\n")).isEqualTo(">1\t\t1\n");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
			}
			context.getSourceApplicationContext().stop();
			assertThat(path).doesNotExist();
			context.getSourceApplicationContext().start();
			assertThat(ask(path, "!call@2\tfn:number\n")).isEqualTo(">2\t\t1\n");
			assertThat(output).doesNotContain("Unknown channel option");
		});
	}

	@Test
	void whenUnixSocketWasLeftBehindThenItIsReplaced(@TempDir Path directory) throws IOException {
		Path path = directory.resolve("irpc.sock");
		ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		dead.bind(UnixDomainSocketAddress.of(path)).close();
		assertThat(path).exists();
		this.runner.withPropertyValues("irpc.server.unix-socket=" + path)
			.run((context) -> assertThat(ask(path, "!call@1\tfn:number\n")).isEqualTo(">1\t\t1\n"));
	}

	@Test
	void whenUnixSocketIsInUseThenStartFails(@TempDir Path directory) throws IOException {
		Path path = directory.resolve("irpc.sock");
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			other.bind(UnixDomainSocketAddress.of(path));
			assertThat(analyse("irpc.server.unix-socket=" + path).getAction()).contains("Stop the process");
		}
	}

	@Test
	void whenPathIsAnotherFileThenStartFailsAndTheFileStays(@TempDir Path directory) throws IOException {
		Path path = Files.writeString(directory.resolve("precious.txt"), "precious");
		FailureAnalysis analysis = analyse("irpc.server.unix-socket=" + path);
		assertThat(analysis.getDescription()).contains("irpc.server.unix-socket=" + path)
			.contains("exists and is not a socket");
		assertThat(path).hasContent("precious");
	}

	@Test
	void whenDirectoryOfUnixSocketIsMissingThenStartFails(@TempDir Path directory) {
		FailureAnalysis analysis = analyse("irpc.server.unix-socket=" + directory.resolve("none/irpc.sock"));
		assertThat(analysis.getDescription()).contains("its directory does not exist");
		assertThat(analysis.getAction()).contains("Create " + directory.resolve("none"));
	}

	@Test
	void whenPathOfUnixSocketIsTooLongThenStartFails(@TempDir Path directory) {
		FailureAnalysis analysis = analyse("irpc.server.unix-socket=" + directory.resolve("x".repeat(108)));
		assertThat(analysis.getDescription()).contains("the path is too long");
		assertThat(analysis.getAction()).contains("at most 107 bytes");
	}

	private FailureAnalysis analyse(String... properties) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		this.runner.withPropertyValues(properties)
			.run((context) -> result[0] = Analyses.of(context.getStartupFailure()));
		return result[0];
	}

	private static String ask(Path path, String line) throws IOException {
		try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
			channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
			ByteBuffer answer = ByteBuffer.allocate(1000);
			do {
				assertThat(channel.read(answer)).isPositive();
			}
			while (answer.get(answer.position() - 1) != '\n');
			return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
		}
	}

	@IrpcService
	static class Functions {

		public int number() {
			return 1;
		}

	}

}
