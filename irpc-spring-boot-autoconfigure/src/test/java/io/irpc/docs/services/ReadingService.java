package io.irpc.docs.services;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcService;
import io.irpc.call.IrpcCaller;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Shows functions that stream, wait and call back.
 */
@Component
@IrpcService("readings")
public class ReadingService {

	private final List<Double> readings = new CopyOnWriteArrayList<>(List.of(1.5, 2.5, 3.5));

	private final CountDownLatch next = new CountDownLatch(1);

	private final AtomicInteger waiting = new AtomicInteger();

	// tag::stream[]
	public Stream<Double> all() {
		return this.readings.stream();
	}
	// end::stream[]

	public void add(double reading) {
		this.readings.add(reading);
	}

	// tag::deadline[]
	public void awaitNext() throws InterruptedException {
		this.waiting.incrementAndGet();
		try {
			this.next.await();
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	public double mean() {
		Invocation call = Invocation.current();
		Duration left = (call != null) ? call.remainingTime() : null;
		boolean hurry = left != null && left.compareTo(Duration.ofSeconds(1)) < 0;
		return this.readings.stream().limit(hurry ? 2 : 1000).mapToDouble(Double::doubleValue).average().orElse(0);
	}
	// end::deadline[]

	int waiting() {
		return this.waiting.get();
	}

	// tag::caller[]
	public @Nullable Double calibrate(double reference, IrpcCaller client) {
		return client.call("probe.measure")
			.argument("reference", reference)
			.timeout(Duration.ofSeconds(5))
			.retrieve(Double.class);
	}
	// end::caller[]

}
