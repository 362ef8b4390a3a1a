package io.irpc.docs.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.client.EventGap;
import io.irpc.client.EventSubscription;
import io.irpc.client.EventSubscriptionSpec;
import io.irpc.client.EventSummary;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcEventFailureEvent;
import io.irpc.client.IrpcEventGapEvent;
import io.irpc.docs.daemon.ErrorRecord;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Misses no error.
 */
@Component
class ErrorWatch {

	final List<ErrorRecord> watched = new CopyOnWriteArrayList<>();

	final List<Object> problems = new CopyOnWriteArrayList<>();

	private final IrpcClient client;

	ErrorWatch(IrpcClient client) {
		this.client = client;
	}

	// tag::annotation[]
	@IrpcEventListener(event = "errorRaised", durable = "watch", where = "{\"file.endsWith\":\".csv\"}")
	void watch(ErrorRecord error) {
		this.watched.add(error);
	}
	// end::annotation[]

	// tag::problems[]
	@EventListener
	void missing(IrpcEventGapEvent event) {
		this.problems.add(event.gap());
	}

	@EventListener
	void failed(IrpcEventFailureEvent event) {
		this.problems.add(event.failure());
	}
	// end::problems[]

	// tag::subscribe[]
	EventSubscription follow(Consumer<ErrorRecord> handler, Consumer<EventGap> gaps) {
		return this.client.subscribe("desk")
			.to("errorRaised", ErrorRecord.class)
			.where("file")
			.endsWith(".csv")
			.durable()
			.onGap(gaps)
			.onEvent(handler);
	}
	// end::subscribe[]

	// tag::peek[]
	EventSubscription newest(Consumer<ErrorRecord> handler) {
		EventSubscriptionSpec<ErrorRecord> spec = this.client.subscribe("newest")
			.to("errorRaised", ErrorRecord.class)
			.fromOldest();
		EventSummary summary = spec.peek("file");
		return (summary.count() > 50) ? spec.last(50).onEvent(handler) : spec.onEvent(handler);
	}
	// end::peek[]

}
