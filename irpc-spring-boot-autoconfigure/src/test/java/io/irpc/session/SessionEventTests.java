package io.irpc.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an application and a log hear of sessions.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SessionEventTests {

	@Test
	void theLifeOfASessionIsToldInItsOrderOnAThreadThatMayBlock() {
		ServerRunner.secured(Witness.class).run((context) -> {
			Witness witness = context.getBean(Witness.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask("!call@1\tfn:login\t=\"user\"\t=\"secret\"");
				peer.ask("!call@2\tfn:logout");
			}
			await().until(() -> witness.events.size() == 4);
			assertThat(witness.events).extracting((event) -> event.getClass().getSimpleName())
				.containsExactly("IrpcSessionOpenedEvent", "IrpcSessionUserEvent", "IrpcSessionUserEvent",
						"IrpcSessionClosedEvent");
			assertThat(witness.events).extracting(ApplicationEvent::getSource).containsOnly(witness.session(0));
			assertThat(witness.threads).containsOnly("irpc-session-events-1");
			IrpcSessionUserEvent login = (IrpcSessionUserEvent) witness.events.get(1);
			assertThat(login.previous()).isNull();
			assertThat(name(login.user())).isEqualTo("user");
			IrpcSessionUserEvent logout = (IrpcSessionUserEvent) witness.events.get(2);
			assertThat(name(logout.previous())).isEqualTo("user");
			assertThat(logout.user()).isNull();
			IrpcSessionClosedEvent closed = (IrpcSessionClosedEvent) witness.events.get(3);
			assertThat(closed.reason()).isEqualTo("the peer has ended its input");
			assertThat(closed.duration()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
			assertThat(closed.session().figures().traffic().receivedMessages()).isEqualTo(2);
		});
	}

	@Test
	void aConnectionThatBecomesNoSessionIsToldWithWhatItWouldHaveExceeded() {
		ServerRunner.of(Witness.class).withPropertyValues("irpc.server.limits.max-sessions=1").run((context) -> {
			Witness witness = context.getBean(Witness.class);
			try (RawClient first = ServerRunner.connect(context)) {
				first.ask("!ping@1");
				try (RawClient second = ServerRunner.connect(context)) {
					assertThat(second.ask("!ping@2")).contains("Too many sessions");
				}
				await().until(() -> !witness.refused.isEmpty());
				IrpcSessionRefusedEvent refused = witness.refused.get(0);
				assertThat(refused.limit()).isEqualTo(Limit.SESSIONS);
				assertThat(refused.reason()).isEqualTo("Too many sessions (sessions, expected: <= 1)");
				assertThat(refused.address()).isInstanceOfSatisfying(InetSocketAddress.class,
						(address) -> assertThat(address.getAddress().isLoopbackAddress()).isTrue());
			}
		});
	}

	@Test
	void theEndOfSessionsAtTheStopIsToldBeforeTheApplicationEnds() {
		ServerRunner.of(Witness.class).run((context) -> {
			Witness witness = context.getBean(Witness.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask("!ping@1");
				context.getSourceApplicationContext().close();
			}
			assertThat(witness.events).last()
				.isInstanceOfSatisfying(IrpcSessionClosedEvent.class,
						(event) -> assertThat(event.reason()).isEqualTo("the server stops"));
		});
	}

	@Test
	void manyRefusalsKeepNoSessionOutOfTheQueueWhileListenersAreSlow() {
		ServerRunner.of(Witness.class).run((context) -> {
			Witness witness = context.getBean(Witness.class);
			SessionEventPublisher publisher = context.getBean(SessionEventPublisher.class);
			CountDownLatch release = new CountDownLatch(1);
			witness.before = () -> waitFor(release);
			for (int i = 0; i < 50_000; i++) {
				publisher.refused(null, new LimitException(Limit.SESSIONS, "no"));
			}
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask("!ping@1");
				release.countDown();
				await().until(() -> witness.events.size() == 1);
				assertThat(witness.refused).hasSizeBetween(1024, 1025);
			}
		});
	}

	@Test
	void whatIsDroppedBehindSlowListenersIsLoggedAndCounted(CapturedOutput output) {
		ServerRunner.of(Witness.class).run((context) -> {
			Witness witness = context.getBean(Witness.class);
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask("!ping@1");
				await().until(() -> witness.events.size() == 1);
				CountDownLatch release = new CountDownLatch(1);
				witness.before = () -> waitFor(release);
				SessionEventPublisher publisher = context.getBean(SessionEventPublisher.class);
				IrpcSession session = witness.session(0);
				publisher.opened(session);
				await().until(() -> witness.threads.size() == 2);
				for (int i = 0; i < 32_768 + 10; i++) {
					publisher.opened(session);
				}
				release.countDown();
				await().untilAsserted(() -> assertThat(witness.events).hasSize(32_768 + 2));
			}
		});
		assertThat(output).containsOnlyOnce("and further ones are dropped")
			.contains("10 events of sessions were dropped");
	}

	@Test
	void aListenerThatFailsIsLoggedOnceAndHearsFurtherEvents(CapturedOutput output) {
		ServerRunner.of(Witness.class).run((context) -> {
			Witness witness = context.getBean(Witness.class);
			witness.before = () -> {
				throw new IllegalStateException("not now");
			};
			try (RawClient peer = ServerRunner.connect(context)) {
				peer.ask("!ping@1");
			}
			await().until(() -> witness.threads.size() == 2);
		});
		assertThat(output).containsOnlyOnce("Failure of a listener of events of sessions").contains("not now");
	}

	@Test
	void theLogHasOneLineOfASessionThatHasEnded(CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel("io.irpc.session", LogLevel.DEBUG);
		try {
			ServerRunner.secured().run((context) -> {
				try (RawClient peer = ServerRunner.connect(context)) {
					peer.ask("!call@1\tfn:login\t=\"user\"\t=\"secret\"");
				}
				await().until(() -> context.getBean(SessionManager.class).count() == 0);
			});
		}
		finally {
			logging.setLogLevel("io.irpc.session", null);
		}
		// others may end meanwhile, of contexts that are kept
		assertThat(output.toString().lines().filter((line) -> line.contains("Closed: ") && line.contains("(user)")))
			.singleElement()
			.asString()
			.containsPattern("Closed: session \\d+ of /127\\.0\\.0\\.1:\\d+ \\(user\\) after \\d+ ms,"
					+ " received 1 messages \\(3\\d bytes\\), sent 1 \\(\\d+ bytes\\): the peer has ended its input");
	}

	private static @Nullable String name(@Nullable SessionUser user) {
		return (user != null) ? user.principal().getName() : null;
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static class Witness {

		final List<IrpcSessionEvent> events = Collections.synchronizedList(new ArrayList<>());

		final List<IrpcSessionRefusedEvent> refused = new CopyOnWriteArrayList<>();

		final List<String> threads = Collections.synchronizedList(new ArrayList<>());

		volatile Runnable before = () -> {
		};

		@EventListener
		void heard(IrpcSessionEvent event) {
			this.threads.add(Thread.currentThread().getName());
			this.before.run();
			this.events.add(event);
		}

		@EventListener
		void heard(IrpcSessionRefusedEvent event) {
			this.before.run();
			this.refused.add(event);
		}

		IrpcSession session(int index) {
			return this.events.get(index).session();
		}

	}

}
