package io.irpc.docs.services;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.irpc.client.IrpcClient;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a client can do beside waiting for a value.
 */
class ReadingCalls {

	private final IrpcClient client;

	ReadingCalls(IrpcClient client) {
		this.client = client;
	}

	// tag::publish[]
	static IrpcClient connect(String address) {
		return IrpcClient.builder().address(address).publish(new Probe()).build();
	}
	// end::publish[]

	// tag::stream[]
	double first() {
		try (Stream<Double> readings = this.client.call("readings.all").retrieveStream(Double.class)) {
			return readings.findFirst().orElse(0.0);
		}
	}

	Flow.Publisher<Double> all() {
		return this.client.call("readings.all").retrievePublisher(Double.class);
	}
	// end::stream[]

	// tag::deadline[]
	@Nullable Double meanInAHurry() {
		return this.client.call("readings.mean").timeout(Duration.ofMillis(900)).retrieve(Double.class);
	}
	// end::deadline[]

	// tag::cancel[]
	CompletableFuture<@Nullable Void> next() {
		return this.client.call("readings.awaitNext").retrieveAsync(Void.class);
	}

	void giveUp(CompletableFuture<?> next) {
		next.cancel(true);
	}
	// end::cancel[]

	// tag::oneway[]
	void add(double reading) {
		this.client.call("readings.add").argument("reading", reading).send();
	}
	// end::oneway[]

	// tag::idempotent[]
	@Nullable Double mean() {
		return this.client.call("readings.mean").idempotent().retrieve(Double.class);
	}
	// end::idempotent[]

}
