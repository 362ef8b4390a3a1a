package io.irpc.observation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcEventListener;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.jdbc.IrpcJdbcJournalAutoConfiguration;
import io.irpc.autoconfigure.observation.IrpcMetricsAutoConfiguration;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.event.SubscriptionRegistry;
import io.irpc.support.ServerRunner;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * An application with a server, a client of that server, and a journal in a database.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class MeteredApplication {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * Return a runner of the application.
	 * @param registry has the meters
	 * @param directory where the server has its socket
	 * @return the runner
	 */
	public static ApplicationContextRunner runner(MeterRegistry registry, Path directory) {
		Path socket = directory.resolve("irpc.sock");
		return ServerRunner.secured(MeteredApplication.class)
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, IrpcJdbcJournalAutoConfiguration.class,
					MetricsAutoConfiguration.class, IrpcMetricsAutoConfiguration.class))
			.withBean(MeterRegistry.class, () -> registry)
			.withPropertyValues("irpc.journal.type=jdbc",
					"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
					"irpc.server.unix-socket=" + socket, "irpc.clients.home.address=unix:" + socket,
					"irpc.clients.home.username=ann", "irpc.clients.home.password=secret",
					"irpc.clients.home.reconnect.initial-delay=10ms", "irpc.clients.home.reconnect.max-delay=20ms");
	}

	/**
	 * Wait until the client is connected and its subscription is live.
	 * @param context the application
	 */
	public static void awaitHome(ApplicationContext context) {
		IrpcClient home = context.getBean(IrpcClient.class);
		Awaitility.await().atMost(PATIENCE).until(() -> home.state() == ConnectionState.CONNECTED);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !context.getBean(SubscriptionRegistry.class).figures().isEmpty());
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(User.withUsername("ann").password("{noop}secret").build());
	}

	@Bean
	Work work() {
		return new Work();
	}

	@Bean
	Errors errors() {
		return new Errors();
	}

	/**
	 * Something that was done.
	 *
	 * @param number which one
	 */
	@IrpcEvent("done")
	public record Done(int number) {

	}

	/**
	 * Functions of the application.
	 */
	@IrpcService
	public static final class Work {

		private final CountDownLatch release = new CountDownLatch(1);

		/**
		 * Return a text.
		 * @param text the text
		 * @return the text
		 */
		public String echo(String text) {
			return text;
		}

		/**
		 * Wait for {@link #release}.
		 * @throws InterruptedException if it is interrupted
		 */
		public void block() throws InterruptedException {
			this.release.await();
		}

		void release() {
			this.release.countDown();
		}

	}

	/**
	 * What the client listens to.
	 */
	static final class Errors {

		@IrpcEventListener(client = "home", event = "done", name = "home")
		void on(Done done) {
		}

	}

}
