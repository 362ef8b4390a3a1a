package io.irpc.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller can do to its calls: deadlines, cancellation, no answer (protocol §6).
 */
class CallControlTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenTimeHasPassedThenCallerIsToldAndFunctionIsInterrupted() {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				assertThat(client.ask("!call@1\tfn:block\ttimeout:500"))
					.startsWith(">1\tException\t{\"code\":\"deadline_exceeded\"");
				Functions functions = context.getBean(Functions.class);
				Awaitility.await().untilAsserted(() -> assertThat(functions.log).containsExactly("interrupted"));
				assertThat(client.ask("!call@1\tfn:isInterrupted")).isEqualTo(">1\t\tfalse");
			}
		});
	}

	@Test
	void whenTimeHasPassedThenParkedCallIsNeverRun() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:waitForRelease");
				assertThat(client.ask("!call@2\tfn:note\ttimeout:10\t=\"late\"")).startsWith(">2\tException\t")
					.contains("deadline_exceeded");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">1\t\t\"released\"");
				assertThat(client.ask("!call@3\tfn:note\t=\"last\"")).isEqualTo(">3\t\tnull");
				assertThat(functions.log).containsExactly("last");
			}
		});
	}

	@Test
	void whenCallsHaveNoIdsThenOneThatIsTooLateIsAnsweredInItsTurn() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				client.send("!call\tfn:waitForRelease").send("!call\tfn:note\ttimeout:1\t=\"late\"");
				assertThat(client.ask("!call@3\tfn:sleep\tmillis=50")).isEqualTo(">3\t\tnull");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">\t\t\"released\"");
				assertThat(client.read()).startsWith(">\tException\t").contains("deadline_exceeded");
				assertThat(functions.log).isEmpty();
			}
		});
	}

	@Test
	void whenFutureIsNotCompletedInTimeThenItIsCancelled() {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				assertThat(client.ask("!call@1\tfn:future\ttimeout:20")).contains("deadline_exceeded");
				assertThat(context.getBean(Functions.class).pending).isCancelled();
			}
		});
	}

	@Test
	void whenCallIsCancelledThenItAnswersAndFunctionIsInterrupted() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:block");
				functions.entered.await();
				assertThat(client.ask("!cancel@2\tid:1")).startsWith(">1\tException\t{\"code\":\"cancelled\"");
				assertThat(client.read()).isEqualTo(">2\t\tnull");
				Awaitility.await().untilAsserted(() -> assertThat(functions.log).containsExactly("interrupted"));
				assertThat(client.ask("!cancel@3\tid:1")).isEqualTo(">3\t\tnull");
				assertThat(client.ask("!cancel@4")).contains("needs id:ID");
			}
		});
	}

	@Test
	void whenParkedCallIsCancelledThenItIsNeverRun() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:waitForRelease").send("!call@2\tfn:note\t=\"parked\"");
				assertThat(client.ask("!cancel@3\tid:2")).startsWith(">2\tException\t");
				assertThat(client.read()).isEqualTo(">3\t\tnull");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">1\t\t\"released\"");
				assertThat(functions.log).isEmpty();
			}
		});
	}

	@Test
	void whenFunctionGoesOnAfterItsCancellationThenItsPlaceStaysTaken() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:ignoreInterrupts");
				functions.entered.await();
				client.send("!cancel@2\tid:1");
				assertThat(client.read()).startsWith(">1\tException\t");
				assertThat(client.read()).isEqualTo(">2\t\tnull");
				client.send("!call@1\tfn:note\t=\"next\"");
				assertThat(client.ask("!ping@3")).isEqualTo(">3\t\tnull");
				assertThat(functions.log).isEmpty();
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">1\t\tnull");
				assertThat(functions.log).containsExactly("next");
			}
		});
	}

	@Test
	void whenCallWantsNoReplyThenItHasNoneWhateverBecomesOfIt() {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				client.send("!call\treply:none\tfn:note\t=\"a\"")
					.send("!call\treply:none\tfn:nobody")
					.send("!call\treply:none\tfn:note\t=\"b\"");
				assertThat(client.ask("!call\tfn:note\t=\"c\"")).isEqualTo(">\t\tnull");
				assertThat(context.getBean(Functions.class).log).containsExactly("a", "b", "c");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout:0", "timeout:-1", "timeout:soon", "reply:some", "credit:0",
			"timeout:99999999999999999999" })
	void whenDirectiveIsNotValidThenErrorNamesIt(String directive) {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				assertThat(client.ask("!call@1\tfn:note\t" + directive + "\t=\"x\"")).contains("protocol_error")
					.contains(directive)
					.contains("expected");
				assertThat(context.getBean(Functions.class).log).isEmpty();
			}
		});
	}

	@Test
	void whenStreamIsCalledThenElementsComeAsFarAsTheyAreAskedFor() {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:numbers\tcredit:2\tend=4");
				assertThat(read(client, 2)).containsExactly(">1\tNext\t0", ">1\tNext\t1");
				assertThat(client.ask("!ping@2")).isEqualTo(">2\t\tnull");
				client.send("!request@3\tid:1\tn:1");
				assertThat(read(client, 2)).containsExactlyInAnyOrder(">3\t\tnull", ">1\tNext\t2");
				client.send("!request@3\tid:1\tn:1000000");
				assertThat(read(client, 3)).containsExactlyInAnyOrder(">3\t\tnull", ">1\tNext\t3", ">1\t\tnull");
				assertThat(client.ask("!request@4\tid:1\tn:1")).isEqualTo(">4\t\tnull");
				assertThat(client.ask("!request@5\tid:1\tn:0")).contains("n:0 (expected:");
				Awaitility.await()
					.untilAsserted(() -> assertThat(context.getBean(Functions.class).log).containsExactly("closed"));
			}
		});
	}

	@Test
	void whenPeerKnowsNoStreamsThenItGetsAList() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:numbers\tend=100"))
					.isEqualTo(">1\t\t" + IntStream.range(0, 100).boxed().toList().toString().replace(" ", ""));
				assertThat(client.ask("!call@2\tfn:numbers\tend=0")).isEqualTo(">2\t\t[]");
				assertThat(client.ask("!call@3\tfn:numbers\tend=10000000")).contains("The answer is too long");
			}
		});
	}

	@Test
	void whenStreamIsCancelledThenItsSourceIsClosed() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:numbers\tcredit:1\tend=9");
				assertThat(client.read()).isEqualTo(">1\tNext\t0");
				assertThat(client.ask("!cancel@2\tid:1")).startsWith(">1\tException\t{\"code\":\"cancelled\"");
				Awaitility.await().untilAsserted(() -> assertThat(functions.log).containsExactly("closed"));
			}
		});
	}

	@Test
	void whenSessionEndsThenItsStreamsDoToo() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				assertThat(client.ask("!call@1\tfn:numbers\tcredit:1\tend=9")).isEqualTo(">1\tNext\t0");
			}
			Awaitility.await().untilAsserted(() -> assertThat(functions.log).containsExactly("closed"));
		});
	}

	@Test
	void whenStreamFailsThenItsErrorIsTheFinalResponse() {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:broken");
				assertThat(read(client, 2)).first().isEqualTo(">1\tNext\t1");
				assertThat(client.ask("!ping@2")).isEqualTo(">2\t\tnull");
			}
		});
	}

	@Test
	void whenStreamIsCancelledWhileAnElementIsConvertedThenTheElementIsNotSent() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:slowElements");
				functions.entered.await();
				assertThat(client.ask("!cancel@2\tid:1")).startsWith(">1\tException\t");
				assertThat(client.read()).isEqualTo(">2\t\tnull");
				// it runs when nothing runs for the stream any more
				client.send("!call@1\tfn:note\t=\"next\"");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">1\t\tnull");
				assertThat(functions.log).containsExactly("next");
			}
		});
	}

	@Test
	void whenElementsTakeTheirTimeThenEachIsSentWhenItIsThere() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				assertThat(client.ask("!call@1\tfn:halting")).isEqualTo(">1\tNext\t0");
				functions.release.countDown();
				assertThat(read(client, 3)).containsExactly(">1\tNext\t1", ">1\tNext\t2", ">1\t\tnull");
			}
		});
	}

	@Test
	void whenStreamIsCancelledThenAProducerThatMindsNoInterruptsEndsWithItsElement() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = identified(context)) {
				assertThat(client.ask("!call@1\tfn:halting")).isEqualTo(">1\tNext\t0");
				assertThat(client.ask("!cancel@2\tid:1")).startsWith(">1\tException\t{\"code\":\"cancelled\"");
				functions.release.countDown();
				Awaitility.await().untilAsserted(() -> assertThat(functions.log).containsExactly("closed"));
				assertThat(functions.produced()).isEqualTo(1);
			}
		});
	}

	@Test
	void whenPublisherSendsMoreThanItWasAskedForThenTheStreamFails() {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				client.send("!call@1\tfn:flooding\tcredit:2");
				assertThat(read(client, 2)).containsExactly(">1\tNext\t0", ">1\tNext\t1");
				assertThat(client.read()).startsWith(">1\tException\t{\"code\":\"internal\"");
			}
		});
	}

	@Test
	void whenPublisherCannotBeSubscribedToThenTheCallIsAnswered() {
		this.runner.run((context) -> {
			try (RawClient client = identified(context)) {
				assertThat(client.ask("!call@1\tfn:refusing")).startsWith(">1\tException\t{\"code\":\"internal\"");
			}
		});
	}

	@Test
	void whenPeerReadsNothingThenStreamStops() {
		this.runner
			.withPropertyValues("irpc.server.connection.high-water-mark=16KB",
					"irpc.server.connection.low-water-mark=8KB")
			.run((context) -> {
				Functions functions = context.getBean(Functions.class);
				try (RawClient client = identified(context)) {
					client.send("!call@1\tfn:texts\tcredit:1000000\tcount=20000");
					Awaitility.await()
						.during(Duration.ofMillis(500))
						.atMost(Duration.ofSeconds(20))
						.until(functions::produced, (now) -> now > 0 && now < 20_000);
					for (int i = 0; i < 20_000; i++) {
						assertThat(client.read()).startsWith(">1\tNext\t");
					}
					assertThat(client.read()).isEqualTo(">1\t\tnull");
				}
			});
	}

	private static List<String> read(RawClient client, int count) {
		return IntStream.range(0, count).mapToObj((i) -> String.valueOf(client.read())).toList();
	}

	private static RawClient identified(org.springframework.context.ApplicationContext context) {
		RawClient client = ServerRunner.connect(context);
		assertThat(client.ask("!identify@0\tfeatures=[\"errors\",\"deadline\",\"cancel\",\"oneway\",\"stream\"]"))
			.contains("\"stream\"");
		return client;
	}

	@IrpcService
	static class Functions {

		final List<String> log = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final CompletableFuture<String> pending = new CompletableFuture<>();

		private volatile int produced;

		public void block() {
			this.entered.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				this.log.add("interrupted");
			}
		}

		public void ignoreInterrupts() {
			this.entered.countDown();
			boolean released = false;
			while (!released) {
				try {
					this.release.await();
					released = true;
				}
				catch (InterruptedException ex) {
					// goes on
				}
			}
		}

		public String waitForRelease() throws InterruptedException {
			this.release.await();
			return "released";
		}

		public void sleep(int millis) throws InterruptedException {
			new CountDownLatch(1).await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
		}

		public boolean isInterrupted() {
			return Thread.currentThread().isInterrupted();
		}

		public void note(String text) {
			this.log.add(text);
		}

		public CompletableFuture<String> future() {
			return this.pending;
		}

		public java.util.stream.Stream<Integer> numbers(int end) {
			return IntStream.range(0, end).boxed().onClose(() -> this.log.add("closed"));
		}

		public java.util.stream.Stream<Integer> broken() {
			return IntStream.of(1, 0).mapToObj((n) -> 1 / n);
		}

		public java.util.stream.Stream<String> texts(int count) {
			char[] text = new char[1000];
			Arrays.fill(text, 'x');
			return IntStream.range(0, count).mapToObj((i) -> {
				this.produced = i + 1;
				return new String(text);
			});
		}

		public java.util.stream.Stream<Integer> halting() {
			return IntStream.range(0, 3).boxed().peek((i) -> {
				if (i > 0) {
					ignoreInterrupts();
				}
				this.produced = i;
			}).onClose(() -> this.log.add("closed"));
		}

		public java.util.concurrent.Flow.Publisher<Integer> flooding() {
			return (subscriber) -> {
				subscriber.onSubscribe(new java.util.concurrent.Flow.Subscription() {

					@Override
					public void request(long n) {
						IntStream.range(0, 9).forEach(subscriber::onNext);
					}

					@Override
					public void cancel() {
					}

				});
			};
		}

		public java.util.concurrent.Flow.Publisher<Integer> refusing() {
			return (subscriber) -> {
				throw new IllegalStateException("not today");
			};
		}

		public java.util.stream.Stream<SlowElement> slowElements() {
			return java.util.stream.Stream.of(new SlowElement(this));
		}

		int produced() {
			return this.produced;
		}

	}

	/**
	 * An element whose member takes its time.
	 *
	 * @param functions knows how long
	 */
	record SlowElement(@JsonIgnore Functions functions) {

		public int getValue() {
			this.functions.ignoreInterrupts();
			return 1;
		}

	}

}
