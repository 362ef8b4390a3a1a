package io.irpc.docs.monitor;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.irpc.call.RemoteCallException;
import io.irpc.client.ConnectionState;
import io.irpc.client.EventSubscription;
import io.irpc.client.IrpcClient;
import io.irpc.docs.daemon.DaemonApplication;
import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.docs.daemon.ErrorService;
import io.irpc.server.IrpcServer;
import io.irpc.support.WithoutSecurity;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the two applications of "Getting started" against each other.
 */
class MonitorApplicationTests {

	private ConfigurableApplicationContext daemon;

	private ConfigurableApplicationContext monitor;

	@BeforeEach
	void start() throws Exception {
		this.daemon = new SpringApplicationBuilder(DaemonApplication.class).run("--irpc.server.port=0",
				"--" + WithoutSecurity.PROPERTY);
		this.monitor = monitor(this.daemon.getBean(IrpcServer.class).port());
		this.monitor.getBean(EventSubscription.class).whenActive().get(10, TimeUnit.SECONDS);
	}

	@AfterEach
	void stop() {
		this.monitor.close();
		this.daemon.close();
	}

	@Test
	void functionsAreCalled() throws Exception {
		ErrorCalls calls = this.monitor.getBean(ErrorCalls.class);
		assertThat(calls.report(new ErrorRecord("a.csv", 3, "not a number"))).isEmpty();
		assertThat(calls.newest(5)).containsExactly(new ErrorRecord("a.csv", 3, "not a number"));
		assertThat(calls.countAsync().get(10, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@Test
	void proxyCallsFunctions() {
		ErrorService service = this.monitor.getBean(ErrorService.class);
		service.report("a.csv", 3, "not a number");
		assertThat(service.list(1)).containsExactly(new ErrorRecord("a.csv", 3, "not a number"));
	}

	@Test
	void eventsAreShown() {
		this.daemon.getBean(ErrorService.class).report("a.csv", 3, "not a number");
		ErrorReports reports = this.monitor.getBean(ErrorReports.class);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(reports.shown).containsExactly(new ErrorRecord("a.csv", 3, "not a number")));
	}

	@Test
	void whatWasRaisedWhileTheMonitorWasAwayIsWatchedLater() {
		ErrorService errors = this.daemon.getBean(ErrorService.class);
		awaitCursor("watch");
		errors.report("a.csv", 1, "no value");
		errors.report("a.txt", 2, "no value");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.monitor.getBean(ErrorWatch.class).watched)
				.containsExactly(new ErrorRecord("a.csv", 1, "no value")));
		this.monitor.close();
		errors.report("b.csv", 3, "no value");
		this.monitor = monitor(this.daemon.getBean(IrpcServer.class).port());
		ErrorWatch watch = this.monitor.getBean(ErrorWatch.class);
		Awaitility.await()
			.untilAsserted(() -> assertThat(watch.watched).contains(new ErrorRecord("b.csv", 3, "no value")));
		assertThat(watch.problems).isEmpty();
	}

	@Test
	void subscriptionsAreDurableOrLookFirst() throws Exception {
		ErrorService errors = this.daemon.getBean(ErrorService.class);
		ErrorWatch watch = this.monitor.getBean(ErrorWatch.class);
		BlockingQueue<Object> followed = new LinkedBlockingQueue<>();
		watch.follow(followed::add, followed::add).whenActive().get(10, TimeUnit.SECONDS);
		for (int i = 1; i <= 60; i++) {
			errors.report("a.csv", i, "no value");
			assertThat(followed.poll(10, TimeUnit.SECONDS)).isEqualTo(new ErrorRecord("a.csv", i, "no value"));
		}
		watch.newest(followed::add);
		assertThat(followed.poll(10, TimeUnit.SECONDS)).isEqualTo(new ErrorRecord("a.csv", 11, "no value"));
	}

	@Test
	void errorsAreExceptions() {
		IrpcClient client = this.monitor.getBean(IrpcClient.class);
		assertThatExceptionOfType(RemoteCallException.UnknownFunction.class)
			.isThrownBy(() -> client.call("errors.count").retrieve(Integer.class));
		assertThatExceptionOfType(RemoteCallException.InvalidArgument.class)
			.isThrownBy(() -> client.call("errors.report").argument("file", "a.csv").retrieve(Void.class))
			.withMessage("Argument line is missing");
	}

	@Test
	void lostServerIsToldAndTheClientComesBack() {
		int port = this.daemon.getBean(IrpcServer.class).port();
		this.daemon.close();
		ErrorReports reports = this.monitor.getBean(ErrorReports.class);
		Awaitility.await().untilAsserted(() -> assertThat(reports.states).contains(ConnectionState.DISCONNECTED));
		this.daemon = new SpringApplicationBuilder(DaemonApplication.class).run("--irpc.server.port=" + port,
				"--" + WithoutSecurity.PROPERTY);
		Awaitility.await().untilAsserted(() -> {
			this.daemon.getBean(ErrorService.class).report("b.csv", 1, "no value");
			assertThat(reports.shown).contains(new ErrorRecord("b.csv", 1, "no value"));
		});
		assertThat(reports.states).contains(ConnectionState.CONNECTED);
	}

	@Test
	void applicationStartsWithoutAServer() {
		this.daemon.close();
		try (ConfigurableApplicationContext alone = monitor(1)) {
			assertThat(alone.getBean(ErrorCalls.class).report(new ErrorRecord("a.csv", 3, "not a number")))
				.contains("not sent, try again later");
		}
	}

	private void awaitCursor(String subscription) {
		IrpcClient client = this.monitor.getBean(IrpcClient.class);
		Awaitility.await()
			.until(() -> client.subscribe(subscription).to("errorRaised", ErrorRecord.class).durable().peek().stored());
	}

	private static ConfigurableApplicationContext monitor(int port) {
		return new SpringApplicationBuilder(MonitorApplication.class).run("--irpc.client.address=127.0.0.1:" + port,
				"--irpc.client.reconnect.max-delay=1s");
	}

}
