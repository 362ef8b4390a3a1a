package io.irpc.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * No value of an argument or of an event stands in the log above DEBUG.
 */
@ExtendWith(OutputCaptureExtension.class)
class ArgumentsInLogsTests {

	private static final String VALUE = "value4711";

	private static final Pattern LINE = Pattern.compile(" (DEBUG|INFO|WARN|ERROR) ");

	@Test
	void whenCommandsAreRefusedThenTheLogHasNoValueOfThem(CapturedOutput output) {
		ServerRunner.of(Functions.class)
			.withPropertyValues("irpc.server.unknown-arguments=reject", "irpc.server.limits.max-waiting-size=2KB",
					"irpc.server.limits.max-running-commands=1")
			.run((context) -> {
				try (RawClient client = ServerRunner.connect(context)) {
					for (String argument : List.of("number=\"%s\"", "number={\"a\":\"%s\"}", "level=\"%s\"",
							"other=\"%s\"", "number=\"%s", "number=1\tnumber=\"%s\"")) {
						assertThat(client.ask("!call@1\tfn:take\t" + argument.formatted(VALUE))).contains("Exception");
						client.ask("!call@1\tfn:made.up\t" + argument.formatted(VALUE));
						client.ask("!made_up@1\t" + argument.formatted(VALUE));
						client.ask("!monitor@1\tev:made.up\t" + argument.formatted(VALUE));
					}
					client.ask("!call@1\tfn:take\tnumber=1\ttext=\"" + (VALUE + " ").repeat(400) + "\"");
				}
			});
		assertThat(aboveDebug(output)).noneMatch((line) -> line.contains(VALUE));
	}

	@Test
	void whenEventDoesNotFitItsHandlerThenTheLogTellsItWithoutItsValues(CapturedOutput output) {
		ServerRunner.of(Functions.class).run((context) -> {
			context.publishEvent(new Told(VALUE));
			List<Object> handled = new CopyOnWriteArrayList<>();
			try (IrpcClient client = IrpcClient.builder()
				.address("localhost:" + context.getBean(IrpcServer.class).port())
				.build()) {
				client.subscribe("mine").to("told", Wrong.class).last(1).onEvent(handled::add).whenActive().join();
				client.listen("told", Wrong.class, handled::add).whenActive().join();
				context.publishEvent(new Told(VALUE));
				await().until(() -> output.getAll().contains("Cannot handle the event told of the subscription mine")
						&& output.getAll().contains("Cannot handle event told"));
			}
			assertThat(handled).isEmpty();
		});
		assertThat(aboveDebug(output)).noneMatch((line) -> line.contains(VALUE));
	}

	private static List<String> aboveDebug(CapturedOutput output) {
		List<String> lines = new ArrayList<>();
		boolean debug = false;
		for (String line : output.getAll().lines().toList()) {
			// stack traces belong to the line before them
			debug = LINE.matcher(line).find() ? line.contains(" DEBUG ") : debug;
			if (!debug) {
				lines.add(line);
			}
		}
		assertThat(lines).isNotEmpty();
		return lines;
	}

	@IrpcEvent("told")
	record Told(String text) {

	}

	record Wrong(int text) {

	}

	enum Level {

		LOW, HIGH

	}

	@IrpcService
	static class Functions {

		public int take(int number, String text, Level level) {
			return number;
		}

	}

}
