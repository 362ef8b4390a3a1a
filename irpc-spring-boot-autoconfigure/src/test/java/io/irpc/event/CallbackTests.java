package io.irpc.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.irpc.annotation.IrpcEvent;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.service.AccessPolicy;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.AdditionalAnswers;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Subscriptions that are named, filtered, replayed and acknowledged (protocol §5.2).
 */
class CallbackTests {

	static final Pattern FIRING = Pattern.compile("!callback@([^\t]+)\tfired:([^\t]+)\tcursor:([^\t]+)((?:\t[^\t]+)*)");

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenSubscribedThenEventsFireWithTheirMembersAsArgumentsUntilRemoved() {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				String added = client.ask("!callback@c1\tadd:errs\tev:raised");
				assertThat(added).matches(">c1\t\t\\{\"cursor\":\"\\d+\"}");
				raise(context, "HIGH", 1);
				Firing first = firing(client);
				assertThat(first.name()).isEqualTo("errs");
				assertThat(first.arguments()).isEqualTo("\tseverity=\"HIGH\"\tnumber=1");
				assertThat(Long.parseLong(first.cursor())).isGreaterThan(cursor(added));
				client.send(">" + first.id() + "\t\tnull");
				raise(context, "LOW", 2);
				assertThat(firing(client).arguments()).endsWith("number=2");
				assertThat(client.ask("!callback@c2\tremove:errs")).isEqualTo(">c2\t\tnull");
				raise(context, "LOW", 3);
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				assertThat(client.ask("!callback@c3\tremove:errs")).startsWith(">c3\tException")
					.contains("There is no subscription errs");
			}
		});
	}

	@Test
	void whenCursorIsGivenThenReplayAndLiveAreOneSequence() {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			for (int i = 1; i <= 600; i++) {
				raise(context, "LOW", i);
			}
			try (RawClient client = ServerRunner.connect(context)) {
				List<JournalEntry> entries = EventDeliveryTests.entries(context);
				Position before = entries.get(0).position();
				assertThat(client.ask("!callback@c\tadd:b\tev:raised\tsince=\"" + before + "\""))
					.isEqualTo(">c\t\t{\"cursor\":\"" + before + "\"}");
				List<String> numbers = new ArrayList<>();
				for (int i = 1; i <= 700; i++) {
					if (i == 300) {
						for (int n = 601; n <= 700; n++) {
							raise(context, "LOW", n);
						}
					}
					Firing firing = firing(client);
					numbers.add(firing.arguments());
					client.send(">" + firing.id() + "\t\tnull");
				}
				for (int i = 1; i <= 700; i++) {
					assertThat(numbers.get(i - 1)).endsWith("\tnumber=" + i);
				}
			}
		});
	}

	@Test
	void whenInstantIsGivenThenWhatWasRaisedSinceComes() {
		this.runner.run((context) -> {
			raise(context, "LOW", 1);
			Instant middle = EventDeliveryTests.entries(context).get(0).time().plusNanos(1);
			while (!Instant.now().isAfter(middle)) {
				Thread.onSpinWait();
			}
			raise(context, "LOW", 2);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!callback@c\tadd:a\tev:raised\tsince=\"" + middle + "\""))
					.doesNotContain("truncated");
				assertThat(firing(client).arguments()).endsWith("number=2");
				assertThat(client.ask("!callback@d\tadd:a\tev:raised\tsince=\"2026-01-01T00:00:00Z\""))
					.contains("\"truncated\":true");
				assertThat(firing(client).arguments()).endsWith("number=1");
			}
		});
	}

	@Test
	void whenFilterIsGivenThenOnlyMatchingEventsFire() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				raise(context, "LOW", 0);
				raise(context, "FATAL", 1);
				client.ask("!callback@c\tadd:a\tev:raised\tsince=\"0\""
						+ "\twhere={\"severity.in\":[\"HIGH\",\"FATAL\"],\"number.lt\":4}");
				raise(context, "LOW", 2);
				raise(context, "HIGH", 3);
				raise(context, "HIGH", 4);
				assertThat(firing(client).arguments()).isEqualTo("\tseverity=\"FATAL\"\tnumber=1");
				assertThat(firing(client).arguments()).isEqualTo("\tseverity=\"HIGH\"\tnumber=3");
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@Test
	void whenNewestAreAskedForThenReplayBeginsWithThem() {
		this.runner.run((context) -> {
			for (int i = 0; i < 700; i++) {
				raise(context, (i % 100 == 0) ? "HIGH" : "LOW", i);
			}
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:raised\tlast=2\twhere={\"severity.equals\":\"HIGH\"}");
				assertThat(firing(client).arguments()).endsWith("number=500");
				assertThat(firing(client).arguments()).endsWith("number=600");
				client.ask("!callback@c\tadd:a\tev:raised\tlast=1000\twindow=1");
				assertThat(firing(client).arguments()).endsWith("number=0");
			}
		});
	}

	@Test
	void whenArgumentsAreAddedAndRemovedThenFiringsHaveThem() {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:raised\trmargs=[\"severity\"]"
						+ "\taddargs={\"site\":\"north\",\"number\":{\"a\": [1]}}");
				raise(context, "HIGH", 1);
				assertThat(firing(client).arguments()).isEqualTo("\tsite=\"north\"\tnumber={\"a\": [1]}");
			}
		});
	}

	@Test
	void whenMemberCannotBeAnArgumentThenItComesInAnObject() {
		this.runner.run((context) -> {
			context.publishEvent(new Odd(1, "x"));
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:odd\tlast=1");
				assertThat(firing(client).arguments()).isEqualTo("\tplain=\"x\"\t={\"odd-one\":1}");
			}
		});
	}

	@Test
	void whenFiringsAreNotAnsweredThenThereAreNeverMoreThanTheWindow() {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:raised\twindow=3");
				for (int i = 1; i <= 10; i++) {
					raise(context, "LOW", i);
				}
				List<Firing> firings = new ArrayList<>(List.of(firing(client), firing(client), firing(client)));
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				// in any order
				client.send(">" + firings.remove(2).id() + "\t\tnull");
				client.send(">" + firings.remove(0).id() + "\tException\t\"too bad\"");
				List<String> numbers = new ArrayList<>();
				for (int i = 4; i <= 10; i++) {
					Firing firing = firing(client);
					numbers.add(firing.arguments());
					client.send(">" + firing.id() + "\t\tnull");
				}
				assertThat(numbers.get(0)).endsWith("number=4");
				assertThat(numbers.get(6)).endsWith("number=10");
				assertThat(client.ask("!callback@w\tadd:a\tev:raised\twindow=5000")).contains("\"window\":1024");
			}
		});
	}

	@Test
	void whenUnansweredFiringsAreLongThenTheyAreBoundedByTheirBytes() {
		this.runner.run((context) -> {
			String text = "x".repeat(300_000);
			context.publishEvent(new Odd(0, ""));
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:odd");
				for (int i = 1; i <= 6; i++) {
					context.publishEvent(new Odd(i, text));
				}
				List<Firing> firings = List.of(firing(client), firing(client), firing(client), firing(client));
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
				client.send(">" + firings.get(0).id() + "\t\tnull");
				assertThat(firing(client).arguments()).endsWith("={\"odd-one\":5}");
			}
		});
	}

	@Test
	void whenNameIsInUseThenTheSubscriptionIsReplaced() {
		this.runner.run((context) -> {
			context.publishEvent(new Odd(0, ""));
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:raised");
				assertThat(client.ask("!callback@d\tadd:a\tev:odd")).startsWith(">d\t\t{");
				assertThat(client.ask("!callback@l\tlist:")).contains("\"name\":\"a\",\"event\":\"odd\"")
					.doesNotContain("raised");
				raise(context, "LOW", 1);
				context.publishEvent(new Odd(1, "y"));
				assertThat(firing(client).arguments()).startsWith("\tplain=\"y\"");
				assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
			}
		});
	}

	@Test
	void whenSubscriptionsAreListedThenThoseOfTheSessionAreTold() {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context); RawClient other = ServerRunner.connect(context)) {
				other.ask("!callback@c\tadd:x\tev:raised");
				assertThat(client.ask("!callback@l\tlist:")).isEqualTo(">l\t\t[]");
				client.ask("!monitor@m\tev:raised");
				long cursor = cursor(client.ask("!callback@c\tadd:a\tev:raised\twindow=7"));
				assertThat(client.ask("!callback@l\tlist:"))
					.contains("{\"name\":\"a\",\"event\":\"raised\",\"state\":\"")
					.endsWith("\"cursor\":\"" + cursor + "\",\"window\":7,\"durable\":false}]");
			}
		});
	}

	@Test
	void whenEventsAreLookedOverThenTheirNumberIsToldInAFewBytes() {
		this.runner.run((context) -> {
			for (int i = 0; i < 1000; i++) {
				raise(context, (i < 990) ? "HIGH" : "FATAL", i);
			}
			try (RawClient client = ServerRunner.connect(context)) {
				String answer = String.valueOf(client.ask("!callback@p\tpeek:a\tev:raised\tby=\"severity\""));
				assertThat(answer).startsWith(">p\t\t{\"count\":1000,\"bytes\":")
					.contains("\"by\":{\"HIGH\":990,\"FATAL\":10}", "\"oldest\":\"20", "\"truncated\":false}")
					.hasSizeLessThan(300);
				Matcher from = Pattern.compile("\"from\":\"(\\d+)\",\"to\":\"(\\d+)\"").matcher(answer);
				assertThat(from.find()).isTrue();
				assertThat(Long.parseLong(from.group(2)) - Long.parseLong(from.group(1))).isEqualTo(1000);
				client.ask("!callback@c\tadd:a\tev:raised\tsince=\"" + from.group(1) + "\"\twindow=1");
				assertThat(firing(client).arguments()).endsWith("number=0");
				assertThat(client.ask("!callback@p\tpeek:a\tev:raised\tby=\"severity\""
						+ "\twhere={\"severity.equals\":\"FATAL\"}\tsince=\"" + from.group(1) + "\""))
					.startsWith(">p\t\t{\"count\":10,")
					.contains("\"by\":{\"FATAL\":10}");
				assertThat(client.ask("!callback@p\tpeek:a\tev:raised\tlast=3")).startsWith(">p\t\t{\"count\":3,");
				assertThat(client.ask("!callback@p\tpeek:a\tev:raised\tsince=\"" + from.group(2) + "\""))
					.startsWith(">p\t\t{\"count\":0,\"bytes\":0,\"from\":");
				assertThat(client.ask("!callback@p\tpeek:a\tev:raised\tby=\"number\"")).contains("\"otherGroups\":968");
			}
		});
	}

	@Test
	void whenEntriesAreGoneThenThatIsToldAtOnceAndInTheMiddle() {
		this.runner.withPropertyValues("irpc.journal.max-events=5").run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				long start = cursor(client.ask("!callback@c\tadd:a\tev:raised\twindow=2"));
				raise(context, "LOW", 1);
				Firing first = firing(client);
				raise(context, "LOW", 2);
				Firing second = firing(client);
				for (int i = 3; i <= 20; i++) {
					raise(context, "LOW", i);
				}
				assertThat(second.arguments()).endsWith("number=2");
				// from now on it reads the journal
				Awaitility.await().until(() -> client.ask("!callback@l\tlist:"), (list) -> list.contains("replaying"));
				client.send(">" + first.id() + "\t\tnull").send(">" + second.id() + "\t\tnull");
				Firing gap = firing(client);
				assertThat(gap.arguments()).isEqualTo("\ttruncated:true");
				assertThat(Long.parseLong(gap.cursor())).isEqualTo(start + 15);
				client.send(">" + gap.id() + "\t\tnull");
				assertThat(firing(client).arguments()).endsWith("number=16");
				assertThat(client.ask("!callback@r\tstop:a")).isNotNull();
				assertThat(client.ask("!callback@d\tadd:b\tev:raised\tsince=\"" + start + "\"")).isNotNull();
			}
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!callback@c\tadd:a\tev:raised\tsince=\"5\"")).contains("\"truncated\":true");
				assertThat(firing(client).arguments()).endsWith("number=16");
				assertThat(client.ask("!callback@p\tpeek:a\tev:raised\tsince=\"5\"")).isNotNull();
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"!callback@c|needs one of add:NAME, peek:NAME, remove:NAME, stop:NAME and list:",
			"!callback@c	add:a|Command callback needs ev:NAME",
			"!callback@c	add:a	ev:nix|nix is not a registered event!",
			"!callback@c	add:	ev:raised|Not a name of a subscription",
			"!callback@c	add:a b	ev:raised|Not a name of a subscription",
			"!callback@c	add:a	ev:raised	where={\"severity.like\":\"x\"}|Argument where: ",
			"!callback@c	add:a	ev:raised	where=[]|Argument where: ",
			"!callback@c	add:a	ev:raised	since=\"yesterday\"|Argument since: expected a cursor, or an instant",
			"!callback@c	add:a	ev:raised	resume=\"yesterday\"|Argument resume: expected a cursor",
			"!callback@c	add:a	ev:raised	since=\"+1\"|Argument since: expected a cursor, or an instant",
			"!callback@c	peek:a	ev:raised	by=\"a..b\"|Argument by: expected a path of names joined by dots",
			"!callback@c	add:a	ev:raised	last=0|Argument last: 0 (expected: a number above 0)",
			"!callback@c	add:a	ev:raised	last=1	since=\"0\"|Argument last: not together with since",
			"!callback@c	add:a	ev:raised	window=-1|Argument window: -1 (expected: a number above 0)",
			"!callback@c	add:a	ev:raised	addargs={\"a-b\":1}|Argument addargs: expected names of arguments",
			"!callback@c	add:a	ev:raised	addargs={\"a\":}|Argument addargs: ",
			"!callback@c	add:a	ev:raised	rmargs=\"x\"|Argument rmargs: ",
			"!callback@c	stop:a|There is no subscription a" })
	void whenCommandIsWrongThenTheErrorSaysWhatIsExpected(String line, String error) {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask(line)).startsWith(">c\tException\t").contains(error.replace("\"", "\\\""));
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "addargs={\"a\":\"%s\"}", "rmargs=[\"%s\"]" })
	void whenWhatASubscriptionKeepsIsTooLongThenItIsRefused(String argument) {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!callback@c\tadd:a\tev:raised\t" + argument.formatted("x".repeat(4000))))
					.startsWith(">c\t\t{");
				assertThat(client.ask("!callback@c\tadd:a\tev:raised\t" + argument.formatted("x".repeat(5000))))
					.startsWith(">c\tException")
					.contains("too long: 50", "bytes (expected: <= 4096)");
			}
		});
	}

	@Test
	void whenThereAreTooManySubscriptionsThenTheNextIsRefused() {
		this.runner.run((context) -> {
			raise(context, "LOW", 0);
			try (RawClient client = ServerRunner.connect(context)) {
				for (int i = 0; i < 64; i++) {
					assertThat(client.ask("!callback@c\tadd:a" + i + "\tev:raised")).startsWith(">c\t\t");
				}
				assertThat(client.ask("!callback@c\tadd:b\tev:raised")).contains("Too many subscriptions");
				assertThat(client.ask("!callback@c\tadd:a7\tev:raised")).startsWith(">c\t\t");
			}
		});
	}

	@Test
	void whenEventsLeaveTogetherThenThePolicyIsAskedOnce() {
		AccessPolicy policy = mock(AccessPolicy.class, AdditionalAnswers.delegatesTo(AccessPolicy.OPEN));
		this.runner.withBean(AccessPolicy.class, () -> policy).run((context) -> {
			for (int i = 0; i < 20; i++) {
				raise(context, "LOW", i);
			}
			try (RawClient client = ServerRunner.connect(context)) {
				client.ask("!callback@c\tadd:a\tev:raised\tsince=\"2026-01-01T00:00:00Z\"");
				for (int i = 0; i < 20; i++) {
					firing(client);
				}
				// for the command, the subscription and the page
				verify(policy, atMost(3)).permits(any(), any(), any());
			}
		});
	}

	static Firing firing(RawClient client) {
		String line = client.read();
		Matcher matcher = FIRING.matcher(String.valueOf(line));
		assertThat(matcher.matches()).as(String.valueOf(line)).isTrue();
		return new Firing(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
	}

	static long cursor(@Nullable String answer) {
		Matcher matcher = Pattern.compile("\"cursor\":\"(\\d+)\"").matcher(String.valueOf(answer));
		assertThat(matcher.find()).as(answer).isTrue();
		return Long.parseLong(matcher.group(1));
	}

	static void raise(ApplicationContext context, String severity, int number) {
		context.publishEvent(new Raised(severity, number));
	}

	record Firing(String id, String name, String cursor, String arguments) {

	}

	@IrpcEvent("raised")
	record Raised(String severity, int number) {

	}

	@IrpcEvent("odd")
	record Odd(@JsonProperty("odd-one") int odd, String plain) {

	}

}
