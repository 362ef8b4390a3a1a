package io.irpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.grpc.ManagedChannel;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.grpc.server.service.GrpcService;

/**
 * gRPC as users of Spring Boot have it: auto-configured, with observations recorded as
 * meters at both ends.
 */
final class GrpcSpringPeer implements Peer {

	private static final List<String> EXCLUDED = Stream.of(SpringApplications.SECURITY, SpringApplications.RSOCKET)
		.flatMap(List::stream)
		.toList();

	@Override
	public Service serve() {
		ConfigurableApplicationContext context = SpringApplications.run(ServerApplication.class, EXCLUDED, List
			.of("irpc.server.enabled=false", "spring.grpc.server.address=127.0.0.1", "spring.grpc.server.port=0"));
		int port = context.getBean(GrpcServerLifecycle.class).getPort();
		return SpringApplications.service(context, port);
	}

	@Override
	public Caller connect(int port, int connections) {
		List<String> properties = new ArrayList<>(
				List.of("irpc.server.enabled=false", "spring.grpc.server.enabled=false"));
		for (int i = 0; i < connections; i++) {
			properties.add("spring.grpc.client.channel.c" + i + ".target=static://127.0.0.1:" + port);
		}
		ConfigurableApplicationContext context = SpringApplications.run(ClientApplication.class, EXCLUDED, properties);
		GrpcChannelFactory factory = context.getBean(GrpcChannelFactory.class);
		List<ManagedChannel> channels = IntStream.range(0, connections)
			.mapToObj((i) -> factory.createChannel("c" + i))
			.toList();
		return new GrpcPeer.GrpcCaller(channels, context::close);
	}

	@GrpcService
	static class Functions extends GrpcPeer.Functions {

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
