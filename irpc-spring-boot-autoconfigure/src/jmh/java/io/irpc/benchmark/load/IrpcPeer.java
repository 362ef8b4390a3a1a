package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.client.IrpcClient;
import io.irpc.server.IrpcServer;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * This product, as its users have it: auto-configured, with Spring Security, a login, and
 * observations recorded as meters at both ends.
 */
final class IrpcPeer implements Peer {

	private final Set<Option> options;

	IrpcPeer(Option... options) {
		this.options = Set.of(options);
	}

	@Override
	public Service serve() {
		ConfigurableApplicationContext context = run(ServerApplication.class,
				List.of("irpc.server.port=0", "spring.security.user.name=user",
						"spring.security.user.password={noop}secret",
						"irpc.server.limits.max-sessions-per-address=20000", "irpc.server.limits.max-sessions=20000"));
		IrpcServer server = context.getBean(IrpcServer.class);
		return new Service() {

			@Override
			public int port() {
				return server.port();
			}

			@Override
			public void raise(int number) {
				context.publishEvent(new Tick(number));
			}

			@Override
			public void close() {
				context.close();
			}

		};
	}

	@Override
	public Caller connect(int port, int connections) {
		List<String> properties = new ArrayList<>(List.of("irpc.server.enabled=false"));
		for (int i = 0; i < connections; i++) {
			String client = "irpc.clients.c" + i;
			properties.add(client + ".address=" + (this.options.contains(Option.ENCRYPTED) ? "irpcs" : "irpc")
					+ "://127.0.0.1:" + port);
			properties.add(client + ".username=user");
			properties.add(client + ".password=secret");
			properties.add(client + ".startup=wait");
		}
		ConfigurableApplicationContext context = run(ClientApplication.class, properties);
		List<IrpcClient> clients = List.copyOf(context.getBeansOfType(IrpcClient.class).values());
		String nameSpace = this.options.contains(Option.NON_BLOCKING) ? "loop." : "";
		return new IrpcCaller(clients, nameSpace + "add", nameSpace + "echo", context);
	}

	private ConfigurableApplicationContext run(Class<?> application, List<String> properties) {
		List<String> all = new ArrayList<>(properties);
		all.addAll(SpringApplications.NO_GRPC);
		List<String> excluded = new ArrayList<>(SpringApplications.RSOCKET);
		if (this.options.contains(Option.UNOBSERVED)) {
			excluded.addAll(SpringApplications.OBSERVATION);
		}
		return SpringApplications.run(application, excluded, all);
	}

	/**
	 * How it differs from the usual.
	 */
	enum Option {

		/**
		 * Its functions declare that they do not block.
		 */
		NON_BLOCKING,

		/**
		 * Its connections are encrypted.
		 */
		ENCRYPTED,

		/**
		 * Nobody observes it.
		 */
		UNOBSERVED

	}

	private record IrpcCaller(List<IrpcClient> clients, String add, String echo,
			ConfigurableApplicationContext context) implements Caller {

		@Override
		public void add(int connection, int number, Reply reply) {
			this.clients.get(connection)
				.call(this.add)
				.argument(number)
				.retrieveAsync(Boolean.class)
				.whenComplete((answer, ex) -> tell(reply, answer, ex));
		}

		@Override
		public void echo(int connection, Order order, Reply reply) {
			this.clients.get(connection)
				.call(this.echo)
				.argument(order)
				.retrieveAsync(Order.class)
				.whenComplete((answer, ex) -> tell(reply, answer, ex));
		}

		private static void tell(Reply reply, Object answer, Throwable failure) {
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
		public void subscribe(Runnable delivery) {
			this.clients.forEach((client) -> client.listen("tick", Tick.class, (tick) -> delivery.run()));
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	@IrpcEvent("tick")
	record Tick(int number) {

	}

	@IrpcService("")
	static class Functions {

		public boolean add(int number) {
			return number % 2 == 0;
		}

		public Order echo(Order order) {
			return order;
		}

	}

	@IrpcService("loop")
	static class NonBlockingFunctions {

		@IrpcFunction(nonBlocking = true)
		public boolean add(int number) {
			return number % 2 == 0;
		}

		@IrpcFunction(nonBlocking = true)
		public Order echo(Order order) {
			return order;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ServerApplication {

		@Bean
		Functions functions() {
			return new Functions();
		}

		@Bean
		NonBlockingFunctions nonBlockingFunctions() {
			return new NonBlockingFunctions();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ClientApplication {

	}

}
