package io.irpc.docs.services;

import java.util.concurrent.CompletableFuture;

import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;
import io.irpc.support.WithoutSecurity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.test.StepVerifier;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs what the documentation shows of streams, deadlines and calls back to clients.
 */
class ReadingCallsTests {

	private final ConfigurableApplicationContext server = new SpringApplicationBuilder(ServicesApplication.class)
		.run("--irpc.server.port=0", "--" + WithoutSecurity.PROPERTY);

	private final IrpcClient client = ReadingCalls.connect("localhost:" + this.server.getBean(IrpcServer.class).port());

	private final ReadingCalls calls = new ReadingCalls(this.client);

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
	}

	@Test
	void streamsAreRead() {
		assertThat(this.calls.first()).isEqualTo(1.5);
		StepVerifier.create(JdkFlowAdapter.flowPublisherToFlux(this.calls.all()))
			.expectNext(1.5, 2.5, 3.5)
			.verifyComplete();
	}

	@Test
	void functionKnowsWhatIsLeftOfTheTime() {
		assertThat(this.calls.mean()).isEqualTo(2.5);
		assertThat(this.calls.meanInAHurry()).isEqualTo(2);
	}

	@Test
	void callsAreCancelled() {
		ReadingService service = this.server.getBean(ReadingService.class);
		CompletableFuture<?> next = this.calls.next();
		await().until(() -> service.waiting() == 1);
		this.calls.giveUp(next);
		await().until(() -> service.waiting() == 0);
	}

	@Test
	void callsAreSentOneWay() {
		this.calls.add(4.5);
		await().untilAsserted(() -> assertThat(this.calls.mean()).isEqualTo(3));
	}

	@Test
	void serverCallsBackTheClient() {
		assertThat(this.client.call("readings.calibrate").argument("reference", 2).retrieve(Double.class))
			.isEqualTo(2.25);
	}

}
