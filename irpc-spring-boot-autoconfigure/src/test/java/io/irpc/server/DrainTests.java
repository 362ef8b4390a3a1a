package io.irpc.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.client.ReconnectPolicy;
import io.irpc.journal.CursorStore;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryCursorStore;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.journal.Retention;
import io.irpc.server.IrpcServerDrainEvent.Phase;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * In which order a server ends its sessions, and what is lost by it: nothing.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DrainTests {

	private static final String IDENTIFY = "!identify@0\tname=\"peer\"\tversion=\"1.1\"\tfeatures=[\"errors\",\"goaway\"]";

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class, Witness.class)
		.withConfiguration(AutoConfigurations.of(ApplicationAvailabilityAutoConfiguration.class));

	@Test
	void theApplicationRefusesTrafficWhileTheServerStillAcceptsAllOfIt() {
		this.runner.run((context) -> {
			Witness witness = context.getBean(Witness.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask(IDENTIFY);
				witness.whenRefusing = () -> {
					// neither is it sent away yet, nor are strangers
					witness.said.add(String.valueOf(peer.ask("!call@1\tfn:number")));
					try (RawClient stranger = ServerRunner.connect(context)) {
						witness.said.add(String.valueOf(stranger.ask("!call@2\tfn:number")));
					}
				};
				context.getSourceApplicationContext().close();
				assertThat(witness.said).containsExactly(">1\t\t1", ">2\t\t1", "REFUSING_TRAFFIC", "SENDING_AWAY",
						"ENDED");
				assertThat(peer.read()).startsWith("!goaway@0\treason:shutdown\tretry:");
			}
		});
	}

	@Test
	void aServerThatIsDrainedFinishesItsCallsAndAcceptsNothingUntilItIsStartedAgain(CapturedOutput output) {
		this.runner.run((context) -> {
			IrpcServer server = context.getBean(IrpcServer.class);
			Functions functions = context.getBean(Functions.class);
			int port = server.port();
			try (RawClient peer = new RawClient(port)) {
				peer.send("!call@1\tfn:block");
				assertThat(functions.entered.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(server.state()).isEqualTo(IrpcServerState.LISTENING);
				CompletableFuture<Void> drained = server.drain();
				assertThat(server.state()).isEqualTo(IrpcServerState.DRAINING);
				assertThat(server.isRunning()).isTrue();
				await().untilAsserted(() -> assertThatException().isThrownBy(() -> new RawClient(port).close()));
				assertThat(drained).isNotDone();
				functions.release.countDown();
				assertThat(peer.read()).isEqualTo(">1\t\t\"released\"");
				assertThat(peer.read()).isNull();
				assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
			}
			assertThat(server.state()).isEqualTo(IrpcServerState.DRAINED);
			assertThat(server.drain()).isCompleted();
			assertThat(readiness(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			assertThat(output).contains("sends 1 sessions away and answers 1 commands, for at most 27000 ms");
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(server.state()).isEqualTo(IrpcServerState.LISTENING);
			assertThat(readiness(context)).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
			try (RawClient peer = ServerRunner.connect(context)) {
				assertThat(peer.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
			}
		});
	}

	@Test
	void theApplicationStopsOnlyWhenADrainThatIsUnderWayHasEnded() {
		this.runner.run((context) -> {
			IrpcServer server = context.getBean(IrpcServer.class);
			Functions functions = context.getBean(Functions.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.send("!call@1\tfn:block");
				assertThat(functions.entered.await(10, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<Void> drained = server.drain();
				await().until(() -> context.getBean(Witness.class).said.contains("SENDING_AWAY"));
				CompletableFuture<Void> closed = CompletableFuture
					.runAsync(() -> context.getSourceApplicationContext().close());
				await().until(() -> context.getBean(Witness.class).closing);
				assertThat(closed).isNotDone();
				functions.release.countDown();
				assertThat(peer.read()).isEqualTo(">1\t\t\"released\"");
				assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
				assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
			}
		});
	}

	@Test
	void aServerThatDoesNotRunCannotBeDrained() {
		this.runner.run((context) -> {
			context.getSourceApplicationContext().stop();
			assertThatIllegalStateException().isThrownBy(context.getBean(IrpcServer.class)::drain);
		});
	}

	@Test
	void sessionsGoOnForTheDelay() {
		this.runner.withPropertyValues("irpc.server.shutdown.delay=2s").run((context) -> {
			Witness witness = context.getBean(Witness.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask(IDENTIFY);
				CompletableFuture<Void> drained = context.getBean(IrpcServer.class).drain();
				await().until(() -> witness.said.contains("REFUSING_TRAFFIC"));
				try (RawClient stranger = ServerRunner.connect(context)) {
					assertThat(stranger.ask("!call@2\tfn:number")).isEqualTo(">2\t\t1");
				}
				assertThat(peer.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
				assertThat(peer.read()).startsWith("!goaway@0\t");
				peer.close();
				assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
			}
		});
	}

	@Test
	void theDelayIsPartOfThePhaseOfTheShutdown() {
		ApplicationContextRunner short10 = this.runner
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=10s");
		short10.withPropertyValues("irpc.server.shutdown.delay=5s").run((context) -> {
			IrpcServerSettings settings = context.getBean(IrpcServerSettings.class);
			assertThat(settings.shutdownDelay()).hasSeconds(5);
			assertThat(settings.drainTimeout()).isEqualTo(Duration.ofMillis(4500));
			// the end of this test need not wait
			context.getBean(Witness.class).whenRefusing = Thread.currentThread()::interrupt;
			context.getBean(IrpcServer.class).stop();
			assertThat(Thread.interrupted()).isTrue();
		});
		short10.withPropertyValues("irpc.server.shutdown.delay=10s")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("irpc.server.shutdown.delay=PT10S is not valid"));
	}

	@Test
	void aListenerThatFailsDoesNotKeepTheServerFromEnding(CapturedOutput output) {
		this.runner.run((context) -> {
			context.getBean(Witness.class).whenRefusing = () -> {
				throw new IllegalStateException("not now");
			};
			IrpcServer server = context.getBean(IrpcServer.class);
			server.stop();
			assertThat(server.state()).isEqualTo(IrpcServerState.STOPPED);
		});
		assertThat(output).contains("Failure of a listener at the phase REFUSING_TRAFFIC of a drain");
	}

	@Test
	void whatTheLastCallRaisesIsDeliveredBeforeItsSubscriptionEnds(CapturedOutput output) {
		this.runner.withBean(EventJournal.class, DrainTests::slowJournal).run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				context.publishEvent(new Raised(0));
				peer.ask("!callback@c\tadd:all\tev:raised");
				peer.send("!call@1\tfn:blockAndRaise\tnumber=7");
				assertThat(functions.entered.await(10, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<Void> drained = context.getBean(IrpcServer.class).drain();
				await().until(() -> context.getBean(Witness.class).said.contains("SENDING_AWAY"));
				functions.release.countDown();
				List<String> lines = List.of(String.valueOf(peer.read()), String.valueOf(peer.read()));
				assertThat(lines).contains(">1\t\tnull")
					.anyMatch((line) -> line.startsWith("!callback@0\tfired:all\t") && line.endsWith("number=7"));
				peer.send(">0\t\tnull");
				assertThat(peer.read()).isNull();
				assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
			}
		});
		assertThat(output)
			.contains("1 subscriptions have ended, and all that was sent is acknowledged; closes 1 sessions");
	}

	@Test
	void whatIsNotAcknowledgedDoesNotKeepTheServerForLong(CapturedOutput output) {
		this.runner.run((context) -> {
			try (RawClient peer = ServerRunner.connect(context)) {
				context.publishEvent(new Raised(0));
				peer.ask("!callback@c\tadd:all\tev:raised");
				context.publishEvent(new Raised(1));
				assertThat(peer.read()).endsWith("number=1");
				CompletableFuture<Void> drained = context.getBean(IrpcServer.class).drain();
				context.publishEvent(new Raised(2));
				assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
			}
		});
		assertThat(output)
			.contains("1 subscriptions have ended, but not all that was sent is acknowledged within 2000 ms");
	}

	@Test
	void callersOfWhatIsInterruptedAreToldSo(CapturedOutput output) {
		this.runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask(IDENTIFY);
				peer.send("!call@1\tfn:block");
				functions.entered.await();
				context.getBean(IrpcServer.class).drain();
				assertThat(peer.read()).startsWith("!goaway");
				assertThat(peer.read()).startsWith(">1\tException\t{\"code\":\"unavailable\"");
				assertThat(peer.read()).isNull();
				assertThat(functions.interrupted).succeedsWithin(10, TimeUnit.SECONDS);
			}
		});
		assertThat(output).contains("1 commands did not end within").doesNotContain("told to the caller");
	}

	@Test
	void aDurableSubscriptionGoesOnElsewhereBehindTheLastFiringOfTheServerThatWasDrained() {
		EventJournal journal = journal();
		CursorStore cursors = new InMemoryCursorStore();
		ApplicationContextRunner shared = this.runner.withBean(EventJournal.class, () -> journal)
			.withBean(CursorStore.class, () -> cursors);
		List<Integer> heard = new CopyOnWriteArrayList<>();
		shared.run((first) -> shared.run((second) -> {
			// known from its first publication on
			List.of(first, second).forEach((context) -> context.publishEvent(new Raised(-1)));
			try (IrpcClient client = IrpcClient.builder()
				.address("127.0.0.1:" + port(first), "127.0.0.1:" + port(second))
				.reconnect(new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(50)))
				.build()) {
				client.subscribe("all")
					.to("raised", Raised.class)
					.durable()
					.onEvent((raised) -> heard.add(raised.number()))
					.whenActive()
					.join();
				CompletableFuture<Void> raised = CompletableFuture.runAsync(() -> {
					for (int i = 0; i < 2000; i++) {
						first.publishEvent(new Raised(i));
					}
				});
				await().until(() -> heard.size() > 100);
				first.getBean(IrpcServer.class).drain().join();
				raised.join();
				await().until(() -> heard.contains(1999));
				await().untilAsserted(
						() -> assertThat(client.connection().address()).hasToString("/127.0.0.1:" + port(second)));
				assertThat(heard).isSorted().doesNotHaveDuplicates().hasSize(2000);
			}
		}));
	}

	private static EventJournal journal() {
		return new InMemoryEventJournal(new Retention(10_000, 1024 * 1024, Duration.ofDays(1)), Clock.systemUTC());
	}

	// as in a database, events are read some time after they were raised
	private static EventJournal slowJournal() {
		EventJournal journal = journal();
		return (EventJournal) Proxy.newProxyInstance(DrainTests.class.getClassLoader(),
				new Class<?>[] { EventJournal.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("read")) {
						Thread.sleep(300);
					}
					try {
						return method.invoke(journal, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

	private static int port(ApplicationContext context) {
		return context.getBean(IrpcServer.class).port();
	}

	private static ReadinessState readiness(AssertableApplicationContext context) {
		return context.getBean(ApplicationAvailability.class).getReadinessState();
	}

	@IrpcEvent("raised")
	record Raised(int number) {

	}

	static class Witness {

		final List<String> said = new CopyOnWriteArrayList<>();

		volatile boolean closing;

		volatile Runnable whenRefusing = () -> {
		};

		@EventListener
		void changed(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				this.whenRefusing.run();
			}
		}

		@EventListener(ContextClosedEvent.class)
		void closing() {
			this.closing = true;
		}

		@EventListener
		void draining(IrpcServerDrainEvent event) {
			this.said.add(event.phase().name());
			assertThat(event.server().state()).isEqualTo(IrpcServerState.DRAINING);
			assertThat(event.phase()).isIn((Object[]) Phase.values());
		}

	}

	@IrpcService
	static class Functions {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final CompletableFuture<Void> interrupted = new CompletableFuture<>();

		private final ApplicationEventPublisher publisher;

		Functions(ApplicationEventPublisher publisher) {
			this.publisher = publisher;
		}

		public int number() {
			return 1;
		}

		public String block() throws InterruptedException {
			this.entered.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.complete(null);
				throw ex;
			}
			return "released";
		}

		public void blockAndRaise(int number) throws InterruptedException {
			block();
			this.publisher.publishEvent(new Raised(number));
		}

	}

}
