package io.irpc.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcEventListener;
import io.irpc.annotation.IrpcService;
import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientServicesAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventListenerAutoConfiguration;
import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.call.IrpcCaller;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One trace from the first request to the last handler of an event, as Spring Boot
 * configures tracing.
 */
abstract class AbstractTracingTests {

	private static final String PARENT = "traceparent:00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

	/**
	 * The spans that have ended.
	 */
	final List<RecordedSpan> spans = new CopyOnWriteArrayList<>();

	/**
	 * Add a tracer that records spans.
	 * @param runner runs an application
	 * @return the runner
	 */
	abstract ApplicationContextRunner traced(ApplicationContextRunner runner);

	private ApplicationContextRunner observed(ApplicationContextRunner runner) {
		return traced(runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class,
				MicrometerTracingAutoConfiguration.class, IrpcObservationAutoConfiguration.class)))
			.withPropertyValues("management.tracing.sampling.probability=1");
	}

	private ApplicationContextRunner server() {
		return observed(ServerRunner.of(Warehouse.class));
	}

	private ApplicationContextRunner desk(ApplicationContext server) {
		return observed(new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(IrpcAutoConfiguration.class, IrpcClientAutoConfiguration.class,
					IrpcClientServicesAutoConfiguration.class, IrpcEventListenerAutoConfiguration.class)))
			.withUserConfiguration(Desk.class)
			.withPropertyValues("irpc.server.enabled=false",
					"irpc.client.address=localhost:" + server.getBean(IrpcServer.class).port());
	}

	@Test
	void whenRequestLeadsToCallsAndAnEventThenAllOfThemAreOneTrace() {
		server().run((server) -> {
			Warehouse warehouse = server.getBean(Warehouse.class);
			know(server);
			try (IrpcClient own = IrpcClient.builder()
				.address("localhost:" + server.getBean(IrpcServer.class).port())
				.observers(server.getBean(IrpcObservations.class).client())
				.build()) {
				warehouse.own = own;
				desk(server).run((desk) -> {
					IrpcClient client = desk.getBean(IrpcClient.class);
					client.call("ready").retrieve(Void.class);
					AtomicInteger number = new AtomicInteger();
					await().until(() -> {
						client.call("raise").argument("number", number.incrementAndGet()).retrieve(Void.class);
						return desk.getBean(Desk.class).last == number.get();
					});
					// stands for a web server's
					Observation.createNotStarted("http", desk.getBean(ObservationRegistry.class))
						.contextualName("http post /orders")
						.observe(() -> client.call("order").retrieve(String.class));
					String trace = span("http post /orders").trace();
					await().until(() -> this.spans.stream().filter((span) -> span.trace().equals(trace)).count() == 9);
					this.spans.removeIf((span) -> !span.trace().equals(trace));
				});
			}
		});
		assertThat(path("irpc handle ordered", "CONSUMER")).containsExactly("irpc handle ordered",
				"irpc raise ordered PRODUCER", "irpc call reserve SERVER", "irpc call reserve CLIENT",
				"irpc call order SERVER", "irpc call order CLIENT", "http post /orders");
		assertThat(path("irpc call confirm", "SERVER")).as("from the server to its client")
			.containsExactly("irpc call confirm", "irpc call confirm CLIENT", "irpc call reserve SERVER",
					"irpc call reserve CLIENT", "irpc call order SERVER", "irpc call order CLIENT",
					"http post /orders");
	}

	@Test
	void whenForeignPeerSendsItsTraceThenTheCommandAndItsEventsBelongToIt() {
		server().run((server) -> {
			try (RawClient peer = ServerRunner.connect(server); RawClient caller = ServerRunner.connect(server)) {
				know(server);
				peer.ask("!identify@0\tname=\"desk\"\tversion=\"1.1\"\tfeatures=[\"trace\"]");
				peer.ask("!callback@1\tadd:orders\tev:ordered");
				assertThat(caller.ask("!call@2\tfn:raise\tnumber=0\t" + PARENT)).isEqualTo(">2\t\tnull");
				await().until(() -> this.spans.stream().anyMatch((span) -> span.name().equals("irpc call raise")));
				RecordedSpan call = span("irpc call raise", "SERVER");
				assertThat(call.trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
				assertThat(call.parent()).isEqualTo("00f067aa0ba902b7");
				RecordedSpan raise = span("irpc raise ordered", "PRODUCER");
				assertThat(raise.parent()).isEqualTo(call.id());
				assertThat(peer.read()).contains("\ttraceparent:00-" + call.trace() + "-" + raise.id() + "-01\t");
			}
		});
	}

	@Test
	void whenPeerSendsNoTraceThenOneBeginsWithItsCommand() {
		server().run((server) -> {
			try (RawClient peer = ServerRunner.connect(server)) {
				peer.ask("!call@2\tfn:raise\tnumber=0\ttraceparent:nonsense");
				await().until(() -> this.spans.stream().anyMatch((span) -> span.name().equals("irpc call raise")));
				assertThat(span("irpc call raise", "SERVER").parent()).isEmpty();
			}
		});
	}

	// events that are not found at the start are known when they are raised
	private void know(ApplicationContext server) {
		server.publishEvent(new Ordered(-1));
		this.spans.clear();
	}

	private RecordedSpan span(String name) {
		return span(name, "");
	}

	private RecordedSpan span(String name, String kind) {
		List<RecordedSpan> found = this.spans.stream()
			.filter((span) -> span.name().equals(name) && (kind.isEmpty() || span.kind().equals(kind)))
			.toList();
		assertThat(found).as(name + " " + kind + " of " + this.spans).hasSize(1);
		return found.get(0);
	}

	private List<String> path(String name, String kind) {
		List<String> path = new ArrayList<>(List.of(name));
		RecordedSpan current = parent(span(name, kind));
		while (current != null) {
			path.add(current.parent().isEmpty() ? current.name() : current.name() + " " + current.kind());
			current = parent(current);
		}
		return path;
	}

	private @Nullable RecordedSpan parent(RecordedSpan of) {
		return this.spans.stream().filter((span) -> span.id().equals(of.parent())).findFirst().orElse(null);
	}

	@IrpcEvent("ordered")
	record Ordered(int number) {

	}

	@IrpcService
	static class Warehouse {

		private final ApplicationEventPublisher publisher;

		private volatile @Nullable IrpcCaller desk;

		volatile @Nullable IrpcClient own;

		Warehouse(ApplicationEventPublisher publisher) {
			this.publisher = publisher;
		}

		public void ready(IrpcCaller caller) {
			this.desk = caller;
		}

		public @Nullable String order() {
			IrpcClient client = this.own;
			return (client != null) ? client.call("reserve").retrieve(String.class) : null;
		}

		public @Nullable String reserve() {
			raise(0);
			IrpcCaller caller = this.desk;
			return (caller != null) ? caller.call("confirm").retrieve(String.class) : null;
		}

		public void raise(int number) {
			this.publisher.publishEvent(new Ordered(number));
		}

	}

	@IrpcService
	static class Desk {

		volatile int last;

		public String confirm() {
			return "yes";
		}

		@IrpcEventListener(event = "ordered")
		void handle(Ordered ordered) {
			this.last = ordered.number();
		}

	}

}
