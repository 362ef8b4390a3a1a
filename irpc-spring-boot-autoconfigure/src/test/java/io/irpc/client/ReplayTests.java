package io.irpc.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.server.IrpcServer;
import io.irpc.session.IrpcSession;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of subscriptions by {@code callback} against a real server (protocol §5.2).
 */
class ReplayTests {

	private final ConfigurableApplicationContext server = new SpringApplicationBuilder(ServerApplication.class)
		.web(WebApplicationType.NONE)
		.properties("irpc.server.port=0", "irpc.journal.max-events=1000", WithoutSecurity.PROPERTY,
				"spring.main.banner-mode=off", "spring.main.register-shutdown-hook=false")
		.run();

	private final int port = this.server.getBean(IrpcServer.class).port();

	private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

	private IrpcClient client = TestClients.of(this.port);

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void aDurableSubscriptionHasWhatWasRaisedWhileTheClientWasAway() throws InterruptedException {
		notes().durable().onEvent(this.seen::add).whenActive().join();
		raise(1, 3);
		expect(1, 3);
		awaitCursor(3);
		this.client.close();
		raise(4, 200);
		this.client = TestClients.of(this.port);
		notes().durable().onEvent(this.seen::add).whenActive().join();
		raise(201, 203);
		expect(4, 203);
		assertThat(this.seen).isEmpty();
	}

	@Test
	void lostConnectionsLoseRepeatAndReorderNothing() throws InterruptedException {
		notes().window(7).onEvent((note) -> {
			this.seen.add(note);
			if (note.n() % 100 == 50) {
				this.client.call("connections.drop").retrieveAsync(Void.class);
			}
		}).whenActive().join();
		raise(1, 700);
		expect(1, 700);
		assertThat(this.seen).isEmpty();
	}

	@Test
	void whatAHandlerHasNotHandledComesAgain() throws InterruptedException {
		EventSubscription first = notes().durable().backOff(new FixedBackOff(3_600_000, 1)).onEvent((note) -> {
			this.seen.add(note);
			if (note.n() == 3) {
				throw new IllegalStateException("on purpose");
			}
		});
		first.whenActive().join();
		raise(1, 5);
		expect(1, 3);
		awaitCursor(2);
		first.close();
		notes().durable().onEvent(this.seen::add);
		expect(3, 5);
		assertThat(this.seen).isEmpty();
	}

	@Test
	void whatTheJournalHasDroppedIsAGap() throws InterruptedException {
		notes().durable().onEvent(this.seen::add).whenActive().join();
		raise(1, 1);
		expect(1, 1);
		this.client.close();
		raise(2, 1500);
		this.client = TestClients.of(this.port);
		notes().durable().onGap(this.seen::add).onEvent(this.seen::add);
		assertThat(CallbackServer.next(this.seen)).isInstanceOf(EventGap.class);
		expect(501, 1500);
	}

	@Test
	void aFilterAndTheNewestOnesSaveTheLine() throws InterruptedException {
		raise(1, 100);
		EventSubscriptionSpec<Note> spec = notes().where("n").greaterThan(50).where("kind-of").is("odd");
		EventSummary summary = spec.fromOldest().peek("kind-of");
		assertThat(summary.count()).isEqualTo(25);
		assertThat(summary.by()).isEqualTo(Map.of("odd", 25L));
		assertThat(summary.stored()).isFalse();
		spec.last(2).onEvent(this.seen::add);
		assertThat(List.of(CallbackServer.next(this.seen), CallbackServer.next(this.seen))).containsExactly(note(97),
				note(99));
	}

	@Test
	void aForgottenSubscriptionBeginsAnew() throws InterruptedException {
		EventSubscription first = notes().durable().onEvent(this.seen::add);
		first.whenActive().join();
		assertThat(notes().durable().peek().stored()).isTrue();
		raise(1, 2);
		expect(1, 2);
		first.forget().join();
		assertThat(notes().durable().peek().stored()).isFalse();
		notes().durable().initiallyFromOldest().onEvent(this.seen::add);
		expect(1, 2);
	}

	@Test
	void aSubscriptionIsTakenUpAgainUnderItsName() throws InterruptedException {
		for (int i = 1; i <= 20; i++) {
			EventSubscription subscription = notes().durable().onEvent(this.seen::add);
			subscription.whenActive().join();
			raise(i, i);
			expect(i, i);
			awaitCursor(i);
			subscription.close();
		}
	}

	private EventSubscriptionSpec<Note> notes() {
		return this.client.subscribe("notes").to("noted", Note.class);
	}

	private void raise(int first, int last) {
		IntStream.rangeClosed(first, last).forEach((i) -> this.server.publishEvent(note(i)));
	}

	private void expect(int first, int last) throws InterruptedException {
		for (int i = first; i <= last; i++) {
			assertThat(CallbackServer.next(this.seen)).isEqualTo(note(i));
		}
	}

	private void awaitCursor(int handled) {
		EventSubscriptionSpec<Note> all = this.client.subscribe("all").to("noted", Note.class);
		long raised = all.fromOldest().peek().count();
		await().untilAsserted(() -> assertThat(notes().durable().peek().count()).isEqualTo(raised - handled));
	}

	private static Note note(int n) {
		return new Note(n, (n % 2 == 1) ? "odd" : "even");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Connections.class)
	static class ServerApplication {

	}

	@IrpcEvent("noted")
	record Note(int n, @JsonProperty("kind-of") String kind) {

	}

	@IrpcService("connections")
	static class Connections {

		public void drop(IrpcSession session) {
			session.close("on purpose");
		}

	}

}
