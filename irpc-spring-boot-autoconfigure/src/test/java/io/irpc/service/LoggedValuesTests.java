package io.irpc.service;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.call.IrpcClientException;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * No value of an argument stands in the log above DEBUG, and a sensitive one nowhere.
 */
@Timeout(60)
class LoggedValuesTests {

	private static final String VALUE = "m4rk3r";

	private static final String SECRET = "s3cr3t";

	private final Recorder recorder = new Recorder();

	private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

	private final @Nullable Level level = this.root.getLevel();

	@BeforeEach
	void record() {
		this.recorder.setContext(this.root.getLoggerContext());
		this.recorder.start();
		this.root.addAppender(this.recorder);
		this.root.setLevel(Level.TRACE);
	}

	@AfterEach
	void restore() {
		this.root.detachAppender(this.recorder);
		this.root.setLevel(this.level);
	}

	@Test
	void valuesOfArgumentsAreNotLoggedByTheServerWhateverGoesWrong() {
		ServerRunner.secured(Functions.class)
			.withPropertyValues("irpc.server.connection.max-message-size=4KB", "irpc.server.limits.max-sessions=3",
					"irpc.server.login.max-failures=100")
			.run((context) -> {
				for (String line : List.of("!call@1\tfn:unknown\t=\"" + VALUE + "\"", "!unknown@1\t=\"" + VALUE + "\"",
						"!call@1\tfn:whoami\tx=\"" + VALUE, "!call@1\tfn:fail\ttext=\"" + VALUE + "\"",
						"!call@1\tfn:login\t=\"user\"\t=\"" + SECRET + "\"",
						"!call@1\tfn:login\tpassword=\"" + SECRET + "\"",
						"!call@1\tfn:login\t=\"user\"\tpassword=\"" + SECRET,
						"!call@1\tfn:login\ttoken=\"" + SECRET + "\"",
						"!monitor@1\tev:raised\taction=\"" + VALUE + "\"",
						"!call@1\tev:raised\ttext=\"" + VALUE + "\"")) {
					assertThat(ask(context, line)).startsWith(">1\t");
				}
				try (RawClient peer = loggedIn(context)) {
					for (String line : List.of("!call@1\tfn:unknown\t=\"" + VALUE + "\"",
							"!call@1\tfn:fail\ttext=\"" + VALUE + "\"", "!call@1\tfn:fail\ttext=\"" + VALUE,
							"!call@1\tfn:number\tvalue=\"" + VALUE + "\"",
							"!call@1\tfn:number\tvalue=1\tother=\"" + VALUE + "\"",
							"!call@1\tfn:secret\tword=\"" + SECRET + "\"", "!call@1\tfn:secret\tword=\"" + SECRET,
							"!call@1\tfn:secret\tword={\"" + SECRET + "\":1}",
							"!call@1\tfn:secret\tother=\"x\"\tword=\"" + SECRET + "\"",
							"!call@1\tfn:passwd\tnew=\"" + SECRET + "1\"\told=\"" + SECRET + "2\"",
							"!call@1\tfn:fail" + ("\ta=\"" + VALUE + "\"").repeat(65),
							"!callback@1\tadd:a\tev:raised\twhere={\"text.like\":\"" + VALUE + "\"}",
							"!callback@1\tadd:a\tev:raised\tsince=\"" + VALUE + "\"")) {
						assertThat(peer.ask(line)).as(line).startsWith(">1\tException\t");
					}
					peer.send("!call@1\tfn:fail\ttext=\"" + VALUE.repeat(1000) + "\"");
					assertThat(Stream.generate(peer::read).takeWhile(Objects::nonNull)).isNotEmpty();
				}
				ask(context, "GET /?" + VALUE + " HTTP/1.1");
				await().until(() -> context.getBean(SessionManager.class).count() == 0);
			});
		assertThat(this.recorder.lines).as("something to look at").hasSizeGreaterThan(50);
		assertThat(lines(isAtLeast(Level.INFO), VALUE)).isEmpty();
		assertThat(lines((line) -> true, SECRET)).isEmpty();
	}

	@Test
	void valuesOfEventsAndOfCallsAreNotLoggedByTheClientWhateverGoesWrong() {
		ServerRunner.of(Functions.class).run((context) -> {
			context.publishEvent(new Raised("first"));
			try (IrpcClient client = IrpcClient.builder()
				.address("127.0.0.1:" + context.getBean(IrpcServer.class).port())
				.build()) {
				assertThatExceptionOfType(IrpcClientException.class)
					.isThrownBy(() -> client.call("fail").argument("text", VALUE).retrieve(String.class));
				assertThatExceptionOfType(IrpcClientException.class)
					.isThrownBy(() -> client.call("echo").argument("text", VALUE).retrieve(Integer.class));
				client.subscribe("failing").to("raised", Raised.class).onEvent((raised) -> {
					throw new IllegalStateException("not now");
				}).whenActive().join();
				client.subscribe("other").to("raised", Other.class).onEvent((other) -> {
				}).whenActive().join();
				client.listen("raised", Other.class, (other) -> {
				}).whenActive().join();
				context.publishEvent(new Raised(VALUE));
				await().until(() -> this.recorder.lines.stream()
					.filter(isAtLeast(Level.WARN))
					.filter((line) -> line.text().contains("raised"))
					.count() >= 3);
			}
		});
		assertThat(lines(isAtLeast(Level.INFO), VALUE)).isEmpty();
	}

	private List<Line> lines(Predicate<Line> which, String text) {
		return this.recorder.lines.stream().filter(which).filter((line) -> line.text().contains(text)).toList();
	}

	private static Predicate<Line> isAtLeast(Level level) {
		return (line) -> line.level().isGreaterOrEqual(level);
	}

	private static String ask(ApplicationContext context, String line) {
		try (RawClient peer = ServerRunner.connect(context)) {
			return String.valueOf(peer.ask(line));
		}
	}

	private static RawClient loggedIn(ApplicationContext context) {
		RawClient peer = ServerRunner.connect(context);
		assertThat(peer.ask("!call@0\tfn:login\t=\"user\"\t=\"secret\"")).isEqualTo(">0\t\ttrue");
		return peer;
	}

	@IrpcEvent("raised")
	record Raised(String text) {

	}

	record Other(int text) {

	}

	@IrpcService
	static class Functions {

		public void fail(String text) {
			throw new IllegalStateException("Cannot do " + text.length());
		}

		public String echo(String text) {
			return text;
		}

		public void number(int value) {
			throw new IllegalStateException();
		}

		public void secret(@IrpcSensitive String word) {
			throw new IllegalStateException("The word " + word, new IllegalArgumentException(word));
		}

	}

	/**
	 * A line of the log.
	 *
	 * @param level its level
	 * @param text its message with the stack trace
	 */
	private record Line(Level level, String text) {

	}

	private static final class Recorder extends AppenderBase<ILoggingEvent> {

		final List<Line> lines = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			this.lines.add(new Line(event.getLevel(), event.getLoggerName() + " " + event.getFormattedMessage()
					+ ThrowableProxyUtil.asString(event.getThrowableProxy())));
		}

	}

}
