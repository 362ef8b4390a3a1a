package io.irpc.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a peer learns of the calls of a session that was lost (protocol §6, feature
 * {@code outcome}).
 */
class OutcomeTests {

	private static final String IDENTIFY = "!identify@0\tfeatures=[\"errors\",\"outcome\"]";

	private static final Pattern TOKEN = Pattern.compile("\"session\":\"([0-9a-f]{32})\"");

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenSessionIsOverThenOutcomesAreToldForEachId() {
		this.runner.run((context) -> {
			String token;
			try (RawClient client = ServerRunner.connect(context)) {
				token = identify(client);
				assertThat(client.ask("!call@a\tfn:note\t=\"x\"")).isEqualTo(">a\t\t\"x\"");
				assertThat(client.ask("!call@b\tfn:fail")).contains("not_found");
			}
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!outcome@1\tsession:" + token + "\tids=[\"a\",\"b\",\"c\"]"))
					.isEqualTo(">1\t\t{\"a\":{\"state\":\"done\",\"value\":\"x\"},"
							+ "\"b\":{\"state\":\"failed\",\"error\":{\"code\":\"not_found\",\"message\":\"gone\"}},"
							+ "\"c\":{\"state\":\"never\"}}");
			}
		});
	}

	@Test
	void whenSessionSeemsToLiveThenItIsEndedAndWhatWasParkedNeverRuns() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient lost = ServerRunner.connect(context); RawClient client = ServerRunner.connect(context)) {
				String token = identify(lost);
				lost.send("!call@a\tfn:block").send("!call@b\tfn:note\t=\"parked\"");
				functions.entered.await();
				assertThat(lost.ask("!ping@p")).isEqualTo(">p\t\tnull");
				String question = "\tsession:" + token + "\tids=[\"a\",\"b\"]";
				assertThat(client.ask("!outcome@1" + question))
					.isEqualTo(">1\t\t{\"a\":{\"state\":\"running\"},\"b\":{\"state\":\"never\"}}");
				assertThat(lost.read()).as("the end of the connection").isNull();
				functions.release.countDown();
				await().untilAsserted(() -> assertThat(client.ask("!outcome@2" + question))
					.contains("\"a\":{\"state\":\"done\",\"value\":\"released\"}")
					.contains("\"b\":{\"state\":\"never\"}"));
				assertThat(functions.log).isEmpty();
			}
		});
	}

	@Test
	void whenIdIsUsedAgainThenTheUsesTellWhichCallIsMeant() {
		this.runner.run((context) -> {
			String token;
			try (RawClient client = ServerRunner.connect(context)) {
				token = identify(client);
				client.ask("!call@a\tfn:note\t=\"first\"");
				client.ask("!call@a\tfn:note\t=\"second\"");
			}
			try (RawClient client = ServerRunner.connect(context)) {
				String question = "\tsession:" + token + "\tids=[\"a\"]\tuses=";
				assertThat(client.ask("!outcome@1" + question + "[2]")).contains("\"done\",\"value\":\"second\"");
				assertThat(client.ask("!outcome@2" + question + "[3]")).contains("\"never\"");
			}
		});
	}

	@Test
	void whenAnswersTakeTooMuchThenTheOldestAreForgottenButNotThatTheyWere() {
		this.runner.withPropertyValues("irpc.server.limits.max-outcome-size=1KB").run((context) -> {
			String token;
			try (RawClient client = ServerRunner.connect(context)) {
				token = identify(client);
				client.ask("!call@a\tfn:note\t=\"" + "x".repeat(700) + "\"");
				client.ask("!call@b\tfn:note\t=\"" + "y".repeat(700) + "\"");
			}
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!outcome@1\tsession:" + token + "\tids=[\"a\",\"b\"]"))
					.contains("\"a\":{\"state\":\"expired\"}")
					.contains("\"b\":{\"state\":\"done\"");
			}
		});
	}

	@Test
	void whenTimeIsOverThenTheSessionIsForgotten() {
		this.runner.withPropertyValues("irpc.server.limits.outcome-retention=1ms").run((context) -> {
			String token;
			try (RawClient client = ServerRunner.connect(context)) {
				token = identify(client);
			}
			try (RawClient client = ServerRunner.connect(context)) {
				identify(client);
				await().untilAsserted(() -> assertThat(client.ask("!outcome@1\tsession:" + token + "\tids=[]"))
					.startsWith(">1\tException\t{\"code\":\"not_found\""));
			}
		});
	}

	@Test
	void whenSessionWasThatOfAnotherUserThenNothingIsToldAndItGoesOn() {
		ServerRunner.secured(Application.class).run((context) -> {
			try (RawClient owner = ServerRunner.connect(context); RawClient other = ServerRunner.connect(context)) {
				String token = identify(owner);
				assertThat(owner.ask("!call@l\tfn:login\t=\"user\"\t=\"secret\"")).isEqualTo(">l\t\ttrue");
				identify(other);
				assertThat(other.ask("!outcome@1\tsession:" + token + "\tids=[\"l\"]")).contains("not_found");
				assertThat(owner.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@Test
	void whenQuestionIsMalformedThenErrorSaysWhatIsExpected() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				String token = identify(client);
				assertThat(client.ask("!outcome@1")).contains("needs session:TOKEN");
				assertThat(client.ask("!outcome@2\tsession:" + token + "\tids=[null]")).contains("Argument ids");
				assertThat(client.ask("!outcome@3\tsession:" + token + "\tids=7")).contains("Argument ids");
			}
		});
	}

	private static String identify(RawClient client) {
		Matcher token = TOKEN.matcher(String.valueOf(client.ask(IDENTIFY)));
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	@Import(Functions.class)
	static class Application {

	}

	@IrpcService
	static class Functions {

		final List<String> log = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		public String note(String text) {
			this.log.add(text);
			return text;
		}

		public void fail() {
			throw new IrpcException(ErrorCode.NOT_FOUND, "gone");
		}

		public String block() throws InterruptedException {
			this.entered.countDown();
			this.release.await();
			return "released";
		}

	}

}
