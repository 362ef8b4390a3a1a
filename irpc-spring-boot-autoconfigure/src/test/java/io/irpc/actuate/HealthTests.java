package io.irpc.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.autoconfigure.actuate.IrpcClientHealthContributorAutoConfiguration;
import io.irpc.autoconfigure.actuate.IrpcServerHealthContributorAutoConfiguration;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.journal.EventJournal;
import io.irpc.journal.Position;
import io.irpc.server.IrpcServer;
import io.irpc.support.DelegatingJournal;
import io.irpc.support.ScriptedServer;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the health of an application is by its server and its clients.
 */
@Timeout(60)
class HealthTests {

	private final ApplicationContextRunner runner = ServerRunner.of()
		.withConfiguration(AutoConfigurations.of(HealthContributorRegistryAutoConfiguration.class,
				IrpcServerHealthContributorAutoConfiguration.class,
				IrpcClientHealthContributorAutoConfiguration.class));

	private final ApplicationContextRunner clients = this.runner.withPropertyValues("irpc.server.enabled=false",
			"irpc.client.reconnect.initial-delay=5ms", "irpc.client.reconnect.max-delay=10ms");

	@Test
	void aServerThatListensIsUpWithItsAddressItsCertificateAndItsJournal() {
		this.runner.run((context) -> {
			Health health = health(context, "irpcServer");
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("state", "listening")
				.containsEntry("address", "127.0.0.1:" + context.getBean(IrpcServer.class).port())
				.containsEntry("journal", "reachable")
				.containsEntry("certificate", Map.of("expires", "9999-12-31T23:59:59Z"));
		});
	}

	@Test
	void aServerThatIsDrainedIsOutOfServiceAndOneThatIsStoppedIsUnknown() {
		this.runner.run((context) -> {
			context.getBean(IrpcServer.class).drain().join();
			assertThat(health(context, "irpcServer").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health(context, "irpcServer").getDetails()).containsEntry("state", "drained");
			context.getBean(IrpcServer.class).start();
			context.getBean(IrpcServer.class).stop();
			assertThat(health(context, "irpcServer").getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context, "irpcServer").getDetails()).containsKey("reason");
		});
	}

	@Test
	void aJournalThatFailsTakesTheServerDown() {
		TestJournal journal = new TestJournal();
		this.runner.withBean(EventJournal.class, () -> journal).run((context) -> {
			journal.oldest = () -> {
				throw new IllegalStateException("the database is away");
			};
			Health health = health(context, "irpcServer");
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsEntry("journal", "unreachable")
				.containsEntry("error", "java.lang.IllegalStateException: the database is away");
			journal.oldest = () -> {
			};
			assertThat(health(context, "irpcServer").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void aJournalThatHangsTakesTheServerDownInTimeAndHoldsOneThread() {
		TestJournal journal = new TestJournal();
		this.runner.withBean(EventJournal.class, () -> journal)
			.withPropertyValues("irpc.server.health.journal-timeout=50ms")
			.run((context) -> {
				CountDownLatch release = new CountDownLatch(1);
				journal.oldest = () -> waitFor(release);
				journal.questions.set(0);
				for (int i = 0; i < 5; i++) {
					Health health = health(context, "irpcServer");
					assertThat(health.getStatus()).isEqualTo(Status.DOWN);
					assertThat(health.getDetails()).containsEntry("error",
							"java.util.concurrent.TimeoutException: No answer within 50 ms");
				}
				assertThat(journal.questions).hasValue(1);
				release.countDown();
				await().until(() -> health(context, "irpcServer").getStatus().equals(Status.UP));
			});
	}

	@Test
	void aCertificateThatIsAboutToExpireIsAWarningAndOneThatHasExpiredTakesTheServerOutOfService() {
		this.runner.run((context) -> {
			Health soon = at("9999-12-25T00:00:00Z", context);
			assertThat(soon.getStatus()).isEqualTo(Status.UP);
			assertThat(soon.getDetails()).containsEntry("certificate",
					Map.of("expires", "9999-12-31T23:59:59Z", "warning", "expires in 6 days"));
			assertThat(at("9999-12-01T00:00:00Z", context).getDetails()).containsEntry("certificate",
					Map.of("expires", "9999-12-31T23:59:59Z"));
			Health late = at("+10000-01-01T00:00:00Z", context);
			assertThat(late.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(late.getDetails()).containsEntry("certificate",
					Map.of("expires", "9999-12-31T23:59:59Z", "warning", "expired"));
			assertThat(at("2000-01-01T00:00:00Z", context).getDetails()).containsEntry("certificate",
					Map.of("expires", "9999-12-31T23:59:59Z", "warning", "not valid yet"));
		});
	}

	@Test
	void thereIsNoHealthOfWhatIsNotThereOrNotWanted() {
		this.clients.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
		this.runner
			.withPropertyValues("management.health.irpc-server.enabled=false",
					"management.health.irpc-client.enabled=false", "irpc.client.address=127.0.0.1:1")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
		ServerRunner.of()
			.withConfiguration(AutoConfigurations.of(IrpcServerHealthContributorAutoConfiguration.class,
					IrpcClientHealthContributorAutoConfiguration.class))
			.withPropertyValues("irpc.client.address=127.0.0.1:1")
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("irpcServerHealthIndicator"));
	}

	@Test
	void aClientWithoutAConnectionIsUnknownAndNotDown() {
		this.clients.withPropertyValues("irpc.client.address=127.0.0.1:1").run((context) -> {
			await().untilAsserted(() -> assertThat(health(context, "irpcClient").getDetails())
				.hasEntrySatisfying("error", (error) -> assertThat(error).asString().contains("127.0.0.1:1"))
				.hasEntrySatisfying("failedAttempts", (attempts) -> assertThat((Integer) attempts).isPositive()));
			assertThat(health(context, "irpcClient").getStatus()).isEqualTo(Status.UNKNOWN);
		});
	}

	@Test
	void aClientThatIsRequiredIsDownWithoutAConnection() {
		this.clients.withPropertyValues("irpc.client.address=127.0.0.1:1", "irpc.client.health.required=true")
			.run((context) -> assertThat(health(context, "irpcClient").getStatus()).isEqualTo(Status.DOWN));
	}

	@Test
	void severalClientsAreToldByTheirNames() {
		this.runner.run((server) -> {
			String address = "127.0.0.1:" + server.getBean(IrpcServer.class).port();
			this.clients
				.withPropertyValues("irpc.client.address=" + address, "irpc.clients.back-office.address=127.0.0.1:1",
						"irpc.clients.back-office.health.required=true", "irpc.clients.home.address=127.0.0.1:1")
				.run((context) -> {
					CompositeHealthContributor composite = (CompositeHealthContributor) contributor(context,
							"irpcClient");
					await().until(() -> health(composite, "default").getStatus().equals(Status.UP));
					assertThat(health(composite, "default").getDetails()).containsEntry("state", "connected")
						.containsEntry("address", address);
					assertThat(health(composite, "back-office").getStatus()).isEqualTo(Status.DOWN);
					assertThat(health(composite, "home").getStatus()).isEqualTo(Status.UNKNOWN);
				});
		});
	}

	@Test
	void aClientThatMovesAsItsServerGoesAwayIsNotDownThoughItIsRequired() {
		try (ScriptedServer server = new ScriptedServer(0, (line) -> line.startsWith("!")
				? ">" + line.split("[@\t]")[1] + "\t\t{\"features\":[\"goaway\"]}" : null)) {
			this.clients
				.withPropertyValues("irpc.client.address=127.0.0.1:" + server.port(),
						"irpc.client.health.required=true")
				.run((context) -> {
					IrpcClient client = context.getBean(IrpcClient.class);
					client.connect().join();
					server.send("!goaway@g\treason:shutdown\tretry:60000");
					await().until(() -> client.state() == ConnectionState.CONNECTING);
					assertThat(health(context, "irpcClient").getStatus()).isEqualTo(Status.UNKNOWN);
				});
		}
	}

	private static Health at(String time, ApplicationContext context) {
		IrpcServerHealthIndicator indicator = new IrpcServerHealthIndicator(context.getBean(IrpcServer.class),
				context.getBean(EventJournal.class), Runnable::run,
				new IrpcServerHealthSettings(Duration.ofDays(14), Duration.ofSeconds(2)), () -> Instant.parse(time));
		return Objects.requireNonNull(indicator.health());
	}

	private static HealthContributor contributor(ApplicationContext context, String name) {
		return Objects.requireNonNull(context.getBean(HealthContributorRegistry.class).getContributor(name));
	}

	private static Health health(ApplicationContext context, String name) {
		return Objects.requireNonNull(((HealthIndicator) contributor(context, name)).health());
	}

	private static Health health(CompositeHealthContributor composite, String name) {
		return Objects
			.requireNonNull(((HealthIndicator) Objects.requireNonNull(composite.getContributor(name))).health());
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class TestJournal extends DelegatingJournal {

		final AtomicInteger questions = new AtomicInteger();

		volatile Runnable oldest = () -> {
		};

		@Override
		public Position oldest() {
			this.questions.incrementAndGet();
			this.oldest.run();
			return super.oldest();
		}

	}

}
