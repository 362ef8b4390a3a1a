package io.irpc.docs.security;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.irpc.docs.Documentation;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the chapter about security says of logins and rules.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecurityTests {

	private static final String DENIED = "Exception\t\"The current user cannot execute this call!\"";

	private final ApplicationContextRunner application = ServerRunner.secured(SettingsApplication.class,
			OwnUsers.class);

	@Test
	void transcriptsAreWhatTheServerAnswers() {
		this.application.run((context) -> {
			try (Stream<DynamicTest> transcripts = Documentation.transcripts("security",
					context.getBean(IrpcServer.class).port())) {
				for (DynamicTest transcript : transcripts.toList()) {
					execute(transcript);
				}
			}
		});
	}

	@Test
	void callBehindALoginThatIsPipedInWaitsForIt() {
		Matcher command = Pattern.compile("printf '(.*)' \\|").matcher(Documentation.text("security.adoc"));
		assertThat(command.find()).isTrue();
		String lines = command.group(1).replace("\\t", "\t").replace("\\n", "\n");
		this.application.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				Socket socket = client.sendBytes(lines.getBytes(StandardCharsets.UTF_8)).socket();
				socket.shutdownOutput();
				assertThat(List.of(String.valueOf(client.read()), String.valueOf(client.read())))
					.containsExactlyInAnyOrder(">1\t\ttrue", ">2\t\t50.0");
				assertThat(client.read()).isNull();
			}
		});
	}

	@Test
	void tableOfTheStartIsLogged(CapturedOutput output) {
		this.application.run((context) -> {
			String address = "127.0.0.1:" + context.getBean(IrpcServer.class).port();
			assertThat(output).contains(Documentation.lines(Documentation.file("examples/security-exposure.txt"))
				.stream()
				.map((line) -> line.replace("127.0.0.1:10123", address))
				.toList());
		});
	}

	@Test
	void rulesHold() {
		this.application.run((context) -> {
			try (RawClient stranger = ServerRunner.connect(context);
					RawClient viewer = login(ServerRunner.connect(context), "viewer");
					RawClient operator = login(ServerRunner.connect(context), "operator")) {
				assertThat(stranger.ask("!call@1\tfn:settings.version")).isEqualTo(">1\t\t\"1.0\"");
				assertThat(viewer.ask("!call@1\tfn:settings.reset")).isEqualTo(">1\t" + DENIED);
				assertThat(viewer.ask("!call@2\tfn:settings.history\tuser=\"viewer\"")).isEqualTo(">2\t\t[]");
				assertThat(viewer.ask("!call@3\tfn:settings.history\tuser=\"operator\"")).isEqualTo(">3\t" + DENIED);
				assertThat(viewer.ask("!call@4\tfn:settings.greeting")).isEqualTo(">4\t\t\"Hello, viewer\"");
				assertThat(viewer.ask("!monitor@m\tev:settings.changed")).isEqualTo(">m\t\tnull");
				assertThat(operator.ask("!call@1\tfn:settings.change\tmaximum=80")).isEqualTo(">1\t\tnull");
				assertThat(viewer.read()).isEqualTo(">m\tSignal\t{\"maximum\":80.0,\"by\":\"operator\"}");
				assertThat(operator.ask("!call@2\tfn:settings.reset")).isEqualTo(">2\t\tnull");
				assertThat(viewer.read()).isEqualTo(">m\tSignal\t{\"maximum\":50.0,\"by\":\"operator\"}");
			}
		});
	}

	@Test
	void withoutRulesWhoeverIsLoggedInMayDoEverything() {
		ServerRunner.secured(SettingsService.class, OwnUsers.class).run((context) -> {
			try (RawClient viewer = ServerRunner.connect(context)) {
				assertThat(viewer.ask("!call@1\tfn:settings.version")).isEqualTo(">1\t" + DENIED);
				login(viewer, "viewer");
				assertThat(viewer.ask("!call@1\tfn:settings.change\tmaximum=80")).isEqualTo(">1\t\tnull");
				assertThat(viewer.ask("!call@2\tfn:settings.reset")).isEqualTo(">2\t" + DENIED);
			}
		});
	}

	@Test
	void refusalsAreLoggedByTheListener(CapturedOutput output) {
		this.application.withUserConfiguration(LoginAudit.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:login\t=\"viewer\"\t=\"wrong\"")).isEqualTo(">1\t\tfalse");
				assertThat(output)
					.containsPattern("Refused a login as viewer: LoginDetails\\[remoteAddress=/127\\.0\\.0\\.1");
				login(client, "viewer");
				assertThat(client.ask("!call@2\tfn:settings.change\tmaximum=80")).isEqualTo(">2\t" + DENIED);
				assertThat(output).contains("viewer may not use Access[kind=FUNCTION, name=settings.change]");
			}
		});
	}

	static RawClient login(RawClient client, String user) {
		assertThat(client.ask("!call@0\tfn:login\t=\"" + user + "\"\t=\"" + user + "\"")).isEqualTo(">0\t\ttrue");
		return client;
	}

	private static void execute(DynamicTest test) throws IOException {
		try {
			test.getExecutable().execute();
		}
		catch (IOException | RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
