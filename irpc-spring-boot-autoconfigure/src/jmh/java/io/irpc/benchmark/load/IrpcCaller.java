package io.irpc.benchmark.load;

import java.util.List;
import java.util.function.Supplier;

import io.irpc.client.EventSubscription;
import io.irpc.client.IrpcClient;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Calls and subscribes by clients of this product.
 *
 * @param clients the clients, with a connection each
 * @param add name of the function that takes a number
 * @param echo name of the function that returns its argument
 * @param replayable whether to subscribe to what is acknowledged and replayed
 * @param context closed with this
 */
record IrpcCaller(List<IrpcClient> clients, String add, String echo, boolean replayable,
		ConfigurableApplicationContext context) implements Peer.Caller {

	@Override
	public void add(int connection, int number, Peer.Reply reply) {
		this.clients.get(connection)
			.call(this.add)
			.argument(number)
			.retrieveAsync(Boolean.class)
			.whenComplete((answer, ex) -> tell(reply, answer, ex));
	}

	@Override
	public void echo(int connection, Order order, Peer.Reply reply) {
		this.clients.get(connection)
			.call(this.echo)
			.argument(order)
			.retrieveAsync(Order.class)
			.whenComplete((answer, ex) -> tell(reply, answer, ex));
	}

	private static void tell(Peer.Reply reply, Object answer, Throwable failure) {
		if (failure != null) {
			reply.failed(failure);
		}
		else {
			reply.answered(answer);
		}
	}

	@Override
	public boolean add(int number) {
		return Boolean.TRUE.equals(this.clients.get(0).call(this.add).argument(number).retrieve(Boolean.class));
	}

	@Override
	public void subscribe(Supplier<Runnable> deliveries) {
		List<EventSubscription> subscriptions = this.clients.stream()
			.map((client) -> subscribe(client, deliveries.get()))
			.toList();
		subscriptions.forEach((subscription) -> subscription.whenActive().join());
	}

	private EventSubscription subscribe(IrpcClient client, Runnable delivery) {
		if (this.replayable) {
			return client.subscribe("ticks")
				.to("tick", IrpcServerApplication.Tick.class)
				.onEvent((tick) -> delivery.run());
		}
		return client.listen("tick", IrpcServerApplication.Tick.class, (tick) -> delivery.run());
	}

	@Override
	public void close() {
		this.context.close();
	}

}
