package io.irpc.benchmark.load;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.rsocket.RSocketRequester;
import org.springframework.stereotype.Controller;
import org.springframework.util.MimeTypeUtils;

/**
 * RSocket as users of Spring Boot have it: auto-configured, with JSON as data.
 */
final class RSocketSpringPeer implements Peer {

	@Override
	public Service serve() {
		ConfigurableApplicationContext context = run(ServerApplication.class, "spring.rsocket.server.address=127.0.0.1",
				"spring.rsocket.server.port=0");
		int port = context.getEnvironment().getRequiredProperty("local.rsocket.server.port", Integer.class);
		return SpringApplications.service(context, port);
	}

	@Override
	public Caller connect(int port, int connections) {
		ConfigurableApplicationContext context = run(ClientApplication.class);
		Supplier<RSocketRequester> requester = () -> context.getBean(RSocketRequester.Builder.class)
			.dataMimeType(MimeTypeUtils.APPLICATION_JSON)
			.tcp("127.0.0.1", port);
		List<RSocketRequester> requesters = Stream.generate(requester).limit(connections).toList();
		requesters.forEach((connected) -> Objects.requireNonNull(connected.rsocketClient()).source().block());
		return new RequesterCaller(requesters, context);
	}

	private static ConfigurableApplicationContext run(Class<?> application, String... properties) {
		Stream<String> switches = Stream.concat(SpringApplications.NO_GRPC.stream(),
				Stream.of("irpc.server.enabled=false"));
		return SpringApplications.run(application, SpringApplications.SECURITY,
				Stream.concat(switches, Stream.of(properties)).toList());
	}

	private record RequesterCaller(List<RSocketRequester> requesters,
			ConfigurableApplicationContext context) implements Caller {

		@Override
		public void add(int connection, int number, Reply reply) {
			this.requesters.get(connection)
				.route("add")
				.data(number)
				.retrieveMono(Boolean.class)
				.subscribe(reply::answered, reply::failed);
		}

		@Override
		public void echo(int connection, Order order, Reply reply) {
			this.requesters.get(connection)
				.route("echo")
				.data(order)
				.retrieveMono(Order.class)
				.subscribe(reply::answered, reply::failed);
		}

		@Override
		public boolean add(int number) {
			return Boolean.TRUE
				.equals(this.requesters.get(0).route("add").data(number).retrieveMono(Boolean.class).block());
		}

		@Override
		public void close() {
			this.requesters.forEach(RSocketRequester::dispose);
			this.context.close();
		}

	}

	@Controller
	static class Functions {

		@MessageMapping("add")
		boolean add(int number) {
			return number % 2 == 0;
		}

		@MessageMapping("echo")
		Order echo(Order order) {
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

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ClientApplication {

	}

}
