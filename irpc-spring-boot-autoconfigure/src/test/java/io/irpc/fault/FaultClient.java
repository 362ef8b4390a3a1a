package io.irpc.fault;

import java.io.IOException;
import java.nio.file.Path;

import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.client.EventDelivery;
import io.irpc.client.EventGap;
import io.irpc.client.EventSubscriptionSpec;
import io.irpc.client.IrpcClient;
import io.irpc.fault.HandlingLog.Kind;
import io.irpc.fault.HandlingLog.Line;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The client that is tormented: notes each event before it is acknowledged.
 */
final class FaultClient {

	/**
	 * The name of the durable subscription.
	 */
	static final String DURABLE = "durable";

	/**
	 * How many events may be on their way to a subscription.
	 */
	static final int WINDOW = 32;

	private FaultClient() {
	}

	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(args);
				HandlingLog log = new HandlingLog(Path.of(context.getEnvironment().getRequiredProperty("fault.log")))) {
			IrpcClient client = context.getBean(IrpcClient.class);
			subscription(client, DURABLE, Kind.DURABLE_GAP, log).durable()
				.initiallyFromOldest()
				.onDelivery((delivery) -> log.append(line(Kind.DURABLE, delivery)));
			subscription(client, "transient", Kind.TRANSIENT_GAP, log)
				.onDelivery((delivery) -> log.append(line(Kind.TRANSIENT, delivery)));
			ChildMain.answer("started", (question) -> question);
		}
	}

	private static EventSubscriptionSpec<NumberedEvent> subscription(IrpcClient client, String name, Kind gaps,
			HandlingLog log) {
		return client.subscribe(name)
			.to(NumberedEvent.NAME, NumberedEvent.class)
			.window(WINDOW)
			.onGap((gap) -> log.append(Line.of(gaps, cursor(gap))));
	}

	private static Line line(Kind kind, EventDelivery<NumberedEvent> delivery) {
		String cursor = delivery.cursor();
		return new Line(kind, (cursor != null) ? Long.parseLong(cursor) : 0, delivery.value());
	}

	private static long cursor(EventGap gap) {
		String cursor = gap.cursor();
		return (cursor != null) ? Long.parseLong(cursor) : 0;
	}

	@SpringBootConfiguration
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, IrpcAutoConfiguration.class,
			IrpcClientAutoConfiguration.class })
	static class Application {

	}

}
