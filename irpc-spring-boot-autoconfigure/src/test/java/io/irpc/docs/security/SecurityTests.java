package io.irpc.docs.security;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.irpc.docs.Documentation;
import io.irpc.protocol.ErrorCode;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.irpc.test.IrpcTestClient;
import io.irpc.test.IrpcTestEvents;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the chapter about security says of logins and rules.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecurityTests {

	private final ApplicationContextRunner application = ServerRunner.secured(SettingsApplication.class,
			OwnUsers.class);

	@Test
	void transcriptsAreWhatTheServerAnswers() {
		this.application.run((context) -> {
			try (IrpcTestClient client = client(context);
					Stream<DynamicTest> transcripts = Documentation.transcripts("security", client)) {
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
			try (IrpcTestClient stranger = client(context)) {
				IrpcTestClient viewer = stranger.as("viewer", "viewer");
				IrpcTestClient operator = stranger.as("operator", "operator");
				assertThat(stranger.call("settings.version").exchange()).hasValue("1.0");
				assertThat(viewer.call("settings.reset").exchange()).failedWith(ErrorCode.PERMISSION_DENIED);
				assertThat(viewer.call("settings.history").argument("user", "viewer").exchange()).hasValue(List.of());
				assertThat(viewer.call("settings.history").argument("user", "operator").exchange())
					.failedWith(ErrorCode.PERMISSION_DENIED);
				assertThat(viewer.call("settings.greeting").exchange()).hasValue("Hello, viewer");
				IrpcTestEvents changes = viewer.monitor("settings.changed");
				assertThat(operator.call("settings.change").argument("maximum", 80).exchange()).hasNoValue();
				assertThat(operator.call("settings.reset").exchange()).hasNoValue();
				assertThat(changes.await(2).fired(SettingsChanged.class))
					.containsExactly(new SettingsChanged(80, "operator"), new SettingsChanged(50, "operator"));
			}
		});
	}

	@Test
	void withoutRulesWhoeverIsLoggedInMayDoEverything() {
		ServerRunner.secured(SettingsService.class, OwnUsers.class).run((context) -> {
			try (IrpcTestClient stranger = client(context)) {
				assertThat(stranger.call("settings.version").exchange()).failedWith(ErrorCode.UNAUTHENTICATED);
				IrpcTestClient viewer = stranger.as("viewer", "viewer");
				assertThat(viewer.call("settings.change").argument("maximum", 80).exchange()).succeeded();
				assertThat(viewer.call("settings.reset").exchange()).failedWith(ErrorCode.PERMISSION_DENIED);
			}
		});
	}

	@Test
	void refusalsAreLoggedByTheListener(CapturedOutput output) {
		this.application.withUserConfiguration(LoginAudit.class).run((context) -> {
			try (IrpcTestClient stranger = client(context)) {
				assertThat(stranger.line("!call@1\tfn:login\t=\"viewer\"\t=\"wrong\"")).containsExactly(">1\t\tfalse");
				assertThat(output)
					.containsPattern("Refused a login as viewer: LoginDetails\\[remoteAddress=/127\\.0\\.0\\.1");
				assertThat(stranger.as("viewer", "viewer").line("!call@2\tfn:settings.change\tmaximum=80"))
					.containsExactly(">2\tException\t\"The current user cannot execute this call!\"");
				assertThat(output).contains("viewer may not use Access[kind=FUNCTION, name=settings.change]");
			}
		});
	}

	private static IrpcTestClient client(ApplicationContext context) {
		return IrpcTestClient.to(context.getBean(IrpcServer.class).port());
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
