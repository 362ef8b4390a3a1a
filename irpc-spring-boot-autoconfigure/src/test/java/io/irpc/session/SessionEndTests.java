package io.irpc.session;

import java.util.concurrent.CountDownLatch;

import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of sessions that are ended one by one (protocol §6).
 */
@Timeout(60)
class SessionEndTests {

	private static final IrpcException REASON = new IrpcException(ErrorCode.UNAVAILABLE, "Enough");

	private final ApplicationContextRunner runner = ServerRunner.of(Service.class);

	@Test
	void whatRunsIsAnsweredFirstAndOtherSessionsGoOn() {
		this.runner.run((context) -> {
			SessionManager sessions = context.getBean(SessionManager.class);
			Service service = context.getBean(Service.class);
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.send("!call@1\tfn:work");
				service.began.await();
				long id = sessions.sessions().get(0).id();
				RawClient other = ServerRunner.connect(context);
				other.ask("!ping@1");
				assertThat(sessions.end(id, REASON))
					.hasValueSatisfying((session) -> assertThat(session.id()).isEqualTo(id));
				assertThat(raw.ask("!call@2\tfn:work")).isEqualTo(">2\tException\t\"Shutting down\"");
				service.release.countDown();
				assertThat(raw.read()).isEqualTo(">1\t\t\"done\"");
				assertThat(raw.read()).isEqualTo(">\tException\t\"Enough\"");
				assertThat(raw.read()).isNull();
				assertThat(other.ask("!ping@2")).isEqualTo(">2\t\tnull");
				other.close();
			}
		});
	}

	@Test
	void whatDoesNotEndIsNotWaitedForForEver() {
		this.runner.run((context) -> {
			SessionManager sessions = context.getBean(SessionManager.class);
			Service service = context.getBean(Service.class);
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.send("!call@1\tfn:work");
				service.began.await();
				sessions.end(sessions.sessions().get(0).id(), REASON);
				assertThat(raw.read()).isEqualTo(">\tException\t\"Enough\"");
				assertThat(raw.read()).isNull();
			}
			finally {
				service.release.countDown();
			}
			await().until(() -> sessions.count() == 0);
		});
	}

	@Test
	void aNumberThatNoSessionHasEndsNone() {
		this.runner.run((context) -> {
			SessionManager sessions = context.getBean(SessionManager.class);
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask("!ping@1");
				assertThat(sessions.end(0, REASON)).isEmpty();
				assertThat(raw.ask("!ping@2")).isEqualTo(">2\t\tnull");
			}
		});
	}

	@IrpcService
	static class Service {

		private final CountDownLatch began = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		public String work() throws InterruptedException {
			this.began.countDown();
			this.release.await();
			return "done";
		}

	}

}
