package io.irpc.observation;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.Invocation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Functions that end in every way.
 */
@IrpcService
final class ObservedFunctions {

	final CountDownLatch entered = new CountDownLatch(1);

	final CountDownLatch release = new CountDownLatch(1);

	volatile @Nullable Observation current;

	volatile Map<String, String> log = Map.of();

	private volatile @Nullable Invocation invocation;

	Invocation invocation() {
		return Objects.requireNonNull(this.invocation);
	}

	public String echo(String text) {
		return text;
	}

	public void current() {
		this.invocation = Invocation.current();
		ObservationRegistry any = ObservationRegistry.create();
		this.current = any.getCurrentObservation();
		Map<String, String> mdc = MDC.getCopyOfContextMap();
		this.log = (mdc != null) ? mdc : Map.of();
	}

	public CompletableFuture<String> later() {
		return CompletableFuture.supplyAsync(() -> "late");
	}

	public CompletableFuture<String> brokenLater() {
		return CompletableFuture.failedFuture(new IllegalStateException("broken"));
	}

	public void missing() {
		throw new IrpcException(ErrorCode.NOT_FOUND, "no such thing");
	}

	public void timedOut() {
		throw new IrpcException(ErrorCode.DEADLINE_EXCEEDED, "too slow");
	}

	public void broken() {
		throw new IllegalStateException("broken");
	}

	public void confide(@IrpcSensitive String secret) {
		throw new IllegalArgumentException("not " + secret);
	}

	@IrpcFunction
	public void block() throws InterruptedException {
		this.entered.countDown();
		this.release.await();
	}

	public Stream<Integer> numbers(int n) {
		return Stream.iterate(0, (i) -> i + 1).limit(n);
	}

	public Flow.Publisher<Integer> failingStream() {
		SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
		publisher.closeExceptionally(new IrpcException(ErrorCode.UNAVAILABLE, "gone"));
		return publisher;
	}

}
