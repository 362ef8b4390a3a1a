package io.irpc.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcService;
import io.irpc.session.SessionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * When the server starts and stops, and what becomes of calls meanwhile.
 */
class IrpcServerLifecycleTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenApplicationStartsAndStopsThenTheServerComesLastAndGoesFirst() {
		this.runner.withUserConfiguration(Component.class).run((context) -> {
			Component component = context.getBean(Component.class);
			assertThat(component.seen).containsExactly("start false");
			context.getSourceApplicationContext().close();
			assertThat(component.seen).containsExactly("start false", "stop false");
		});
	}

	@Test
	void whenServerListensThenItsPortIsPublished() {
		this.runner.withUserConfiguration(Component.class).run((context) -> {
			int port = context.getBean(IrpcServer.class).port();
			assertThat(port).isPositive();
			assertThat(context.getEnvironment().getProperty("local.irpc.port", Integer.class)).isEqualTo(port);
			assertThat(context.getBean(Component.class).portsOfEvents).containsExactly(port);
			assertThat(context.getBean(Component.class).portsOfProperty).containsExactly(String.valueOf(port));
		});
	}

	@Test
	void whenContextIsStoppedAndStartedThenItWorksEachTime() {
		this.runner.run((context) -> {
			IrpcServer server = context.getBean(IrpcServer.class);
			for (int i = 0; i < 2; i++) {
				int port = server.port();
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(client.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
					context.getSourceApplicationContext().stop();
					assertThat(client.read()).isNull();
				}
				assertThat(server.isRunning()).isFalse();
				assertThatIllegalStateException().isThrownBy(server::port);
				assertThatException().isThrownBy(() -> new RawClient(port).close());
				assertThat(context.getBean(SessionManager.class).count()).isZero();
				context.getSourceApplicationContext().start();
				assertThat(context.getEnvironment().getProperty("local.irpc.port", Integer.class))
					.isEqualTo(server.port());
			}
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:number")).isEqualTo(">1\t\t1");
			}
		});
	}

	@Test
	void whenServerStopsThenRunningCallsAreFinishedAndNewOnesAreRefused() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			int port = context.getBean(IrpcServer.class).port();
			try (RawClient client = ServerRunner.connect(context); RawClient other = ServerRunner.connect(context)) {
				other.ask("!identify\tfeatures=[\"errors\"]");
				client.send("!call@1\tfn:block").send("!call\tfn:block").send("!call\tfn:number");
				assertThat(functions.entered.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(client.ask("!ping@2")).isEqualTo(">2\t\tnull");
				CompletableFuture<Void> stopped = CompletableFuture
					.runAsync(() -> context.getSourceApplicationContext().stop());
				await().untilAsserted(() -> assertThat(other.ask("!call@new\tfn:number"))
					.startsWith(">new\tException\t{\"code\":\"unavailable\""));
				assertThatException().isThrownBy(() -> new RawClient(port).close());
				assertThat(stopped).isNotDone();
				functions.release.countDown();
				assertThat(List.of(String.valueOf(client.read()), String.valueOf(client.read()),
						String.valueOf(client.read())))
					.containsSubsequence(">\t\t\"released\"", ">\t\t1")
					.contains(">1\t\t\"released\"");
				assertThat(client.read()).isNull();
				assertThat(stopped).succeedsWithin(10, TimeUnit.SECONDS);
			}
		});
	}

	@Test
	void whenServerStopsThenAnswersThatArePendingAreWrittenFirst() {
		this.runner
			.withPropertyValues("irpc.server.connection.max-message-size=64MB",
					"irpc.server.connection.high-water-mark=64MB")
			.run((context) -> {
				Functions functions = context.getBean(Functions.class);
				try (RawClient client = ServerRunner.connect(context)) {
					client.send("!call@1\tfn:text\t=16000000");
					assertThat(functions.entered.await(10, TimeUnit.SECONDS)).isTrue();
					CompletableFuture<Void> stopped = CompletableFuture
						.runAsync(() -> context.getSourceApplicationContext().stop());
					await().until(() -> context.getBean(IrpcServer.class).state() == IrpcServerState.DRAINING);
					functions.release.countDown();
					assertThat(client.read()).hasSize(16_000_006);
					assertThat(stopped).succeedsWithin(10, TimeUnit.SECONDS);
				}
			});
	}

	@Test
	void whenCallDoesNotEndThenItIsInterrupted() {
		this.runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=200ms").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:block");
				assertThat(functions.entered.await(10, TimeUnit.SECONDS)).isTrue();
				context.getSourceApplicationContext().stop();
				assertThat(functions.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
			}
		});
	}

	@Test
	void whenInputOfThePeerEndsThenItsCallsAreStillAnswered() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:block");
				client.socket().shutdownOutput();
				context.getBean(Functions.class).release.countDown();
				assertThat(client.read()).isEqualTo(">1\t\t\"released\"");
				assertThat(client.read()).isNull();
			}
		});
	}

	static class Component implements SmartLifecycle {

		final List<String> seen = new ArrayList<>();

		final List<Integer> portsOfEvents = new ArrayList<>();

		final List<String> portsOfProperty = new ArrayList<>();

		private final ObjectProvider<IrpcServer> server;

		private final Environment environment;

		private boolean running;

		// a provider, as what the component depends on would be started before it
		Component(ObjectProvider<IrpcServer> server, Environment environment) {
			this.server = server;
			this.environment = environment;
		}

		@EventListener
		void started(IrpcServerStartedEvent event) {
			this.portsOfEvents.add(event.server().port());
			this.portsOfProperty.add(String.valueOf(this.environment.getProperty("local.irpc.port")));
		}

		@Override
		public void start() {
			this.seen.add("start " + this.server.getObject().isRunning());
			this.running = true;
		}

		@Override
		public void stop() {
			this.seen.add("stop " + this.server.getObject().isRunning());
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return IrpcServer.PHASE - 1;
		}

	}

	@IrpcService
	static class Functions {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final CountDownLatch interrupted = new CountDownLatch(1);

		public int number() {
			return 1;
		}

		public String block() throws InterruptedException {
			this.entered.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
				throw ex;
			}
			return "released";
		}

		public String text(int length) throws InterruptedException {
			block();
			return "x".repeat(length);
		}

	}

}
