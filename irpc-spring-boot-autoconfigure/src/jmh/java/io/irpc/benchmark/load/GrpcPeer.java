package io.irpc.benchmark.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.irpc.benchmark.load.proto.EvenMessage;
import io.irpc.benchmark.load.proto.FunctionsGrpc;
import io.irpc.benchmark.load.proto.NumberMessage;
import io.irpc.benchmark.load.proto.OrderMessage;
import io.irpc.benchmark.load.proto.Subscription;

/**
 * The gRPC library on Netty with generated stubs.
 */
final class GrpcPeer implements Peer {

	private final boolean onLoop;

	/**
	 * Create a peer.
	 * @param onLoop if functions and replies run on the loops of the connections
	 */
	GrpcPeer(boolean onLoop) {
		this.onLoop = onLoop;
	}

	@Override
	public Service serve() throws Exception {
		Functions functions = new Functions();
		NettyServerBuilder builder = NettyServerBuilder
			.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.addService(functions);
		Server server = (this.onLoop ? builder.directExecutor() : builder).build().start();
		return new Service() {

			@Override
			public int port() {
				return server.getPort();
			}

			@Override
			public void raise(int first, int count) {
				IntStream.range(first, first + count).forEach(functions::tick);
			}

			@Override
			public void close() {
				server.shutdownNow();
			}

		};
	}

	@Override
	public Caller connect(int port, int connections) {
		List<ManagedChannel> channels = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			NettyChannelBuilder builder = NettyChannelBuilder
				.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
				.usePlaintext();
			channels.add((this.onLoop ? builder.directExecutor() : builder).build());
		}
		return new GrpcCaller(channels, () -> channels.forEach(ManagedChannel::shutdownNow));
	}

	/**
	 * The functions of the server.
	 */
	static class Functions extends FunctionsGrpc.FunctionsImplBase {

		private final Set<StreamObserver<NumberMessage>> subscribers = ConcurrentHashMap.newKeySet();

		@Override
		public void add(NumberMessage number, StreamObserver<EvenMessage> answer) {
			answer.onNext(EvenMessage.newBuilder().setValue(number.getValue() % 2 == 0).build());
			answer.onCompleted();
		}

		@Override
		public void echo(OrderMessage order, StreamObserver<OrderMessage> answer) {
			answer.onNext(order);
			answer.onCompleted();
		}

		@Override
		public synchronized void ticks(Subscription subscription, StreamObserver<NumberMessage> subscriber) {
			((ServerCallStreamObserver<NumberMessage>) subscriber)
				.setOnCancelHandler(() -> this.subscribers.remove(subscriber));
			// confirms the subscription
			subscriber.onNext(NumberMessage.getDefaultInstance());
			this.subscribers.add(subscriber);
		}

		synchronized void tick(int number) {
			NumberMessage event = NumberMessage.newBuilder().setValue(number).build();
			this.subscribers.forEach((subscriber) -> subscriber.onNext(event));
		}

	}

	/**
	 * Calls by asynchronous stubs, and waits by a blocking one, on a channel for each
	 * connection.
	 */
	static final class GrpcCaller implements Caller {

		private static final OrderMessage ORDER = message(Order.example(1));

		private final List<FunctionsGrpc.FunctionsStub> stubs;

		private final FunctionsGrpc.FunctionsBlockingStub blocking;

		private final Runnable closing;

		GrpcCaller(List<? extends Channel> channels, Runnable closing) {
			this.stubs = channels.stream().map(FunctionsGrpc::newStub).toList();
			this.blocking = FunctionsGrpc.newBlockingStub(channels.get(0));
			this.closing = closing;
			for (Channel channel : channels) {
				FunctionsGrpc.newBlockingStub(channel).add(NumberMessage.getDefaultInstance());
			}
		}

		private static OrderMessage message(Order order) {
			OrderMessage.Builder message = OrderMessage.newBuilder()
				.setId(order.id())
				.setCustomer(order.customer())
				.setStreet(order.street())
				.setCity(order.city())
				.setExpress(order.express())
				.setWeight(order.weight());
			for (Order.Item item : order.items()) {
				message.addItemsBuilder().setArticle(item.article()).setCount(item.count()).setPrice(item.price());
			}
			return message.build();
		}

		@Override
		public void add(int connection, int number, Reply reply) {
			this.stubs.get(connection)
				.add(NumberMessage.newBuilder().setValue(number).build(), new Answer<>(reply, EvenMessage::getValue));
		}

		@Override
		public void echo(int connection, Order order, Reply reply) {
			this.stubs.get(connection)
				.echo(ORDER, new Answer<>(reply,
						(answer) -> answer.getId() == order.id() && answer.getItemsCount() == order.items().size()));
		}

		@Override
		public boolean add(int number) {
			return this.blocking.add(NumberMessage.newBuilder().setValue(number).build()).getValue();
		}

		@Override
		public void subscribe(Supplier<Runnable> deliveries) {
			List<GrpcSubscriber> subscribers = this.stubs.stream().map((stub) -> {
				GrpcSubscriber subscriber = new GrpcSubscriber(deliveries.get());
				stub.ticks(Subscription.getDefaultInstance(), subscriber);
				return subscriber;
			}).toList();
			subscribers.forEach(GrpcSubscriber::awaitConfirmation);
		}

		@Override
		public void close() {
			this.closing.run();
		}

	}

	/**
	 * Takes the answer of a call, which is valid once the call has completed.
	 */
	private static final class Answer<T> implements StreamObserver<T> {

		private final Reply reply;

		private final Predicate<T> check;

		private boolean right;

		Answer(Reply reply, Predicate<T> check) {
			this.reply = reply;
			this.check = check;
		}

		@Override
		public void onNext(T message) {
			this.right = this.check.test(message);
		}

		@Override
		public void onError(Throwable failure) {
			this.reply.failed(failure);
		}

		@Override
		public void onCompleted() {
			this.reply.answered(this.right);
		}

	}

}
