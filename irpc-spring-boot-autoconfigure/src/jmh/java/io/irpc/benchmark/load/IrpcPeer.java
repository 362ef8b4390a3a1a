package io.irpc.benchmark.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.irpc.call.Completion;
import io.irpc.client.Credentials;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientBuilder;
import io.irpc.observation.IrpcObservations;
import io.irpc.payload.PayloadConverter;
import io.irpc.server.IrpcServer;
import io.irpc.transport.IdentityFile;
import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.ServerIdentity;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * This product, as its users have it: auto-configured, with Spring Security, a login, and
 * observations recorded as meters at both ends.
 */
final class IrpcPeer implements Peer {

	private static final String DIRECTORY = "target/irpc-benchmark";

	private static final int MAX_NAMED = 16;

	private final Set<Option> options;

	IrpcPeer(Option... options) {
		this.options = Set.of(options);
	}

	@Override
	public Service serve() {
		ConfigurableApplicationContext context = run(IrpcServerApplication.class,
				List.of("irpc.server.port=0", "irpc.server.ssl.directory=" + DIRECTORY,
						"irpc.server.limits.max-sessions-per-address=20000", "irpc.server.limits.max-sessions=20000",
						"irpc.server.limits.max-anonymous-sessions-per-address=20000",
						"irpc.server.limits.max-anonymous-sessions=20000"));
		IrpcServer server = context.getBean(IrpcServer.class);
		return new Service() {

			@Override
			public int port() {
				return server.port();
			}

			@Override
			public void raise(int first, int count) {
				for (int i = 0; i < count; i++) {
					context.publishEvent(new IrpcServerApplication.Tick(first + i));
				}
			}

			@Override
			public void close() {
				context.close();
			}

		};
	}

	@Override
	public Caller connect(int port, int connections) throws Exception {
		List<String> properties = new ArrayList<>(List.of("irpc.server.enabled=false"));
		String address = "irpc://127.0.0.1:" + port + (this.options.contains(Option.ENCRYPTED) ? "?pin=" + pin() : "");
		for (int i = 0; i < connections && connections <= MAX_NAMED; i++) {
			String client = "irpc.clients.c" + i;
			properties.add(client + ".address=" + address);
			properties.add(client + ".username=user");
			properties.add(client + ".password=secret");
			properties.add(client + ".startup=wait");
			properties.add(client + ".completion=" + completion());
		}
		ConfigurableApplicationContext context = run(ClientApplication.class, properties);
		List<IrpcClient> clients = (connections <= MAX_NAMED)
				? List.copyOf(context.getBeansOfType(IrpcClient.class).values()) : build(address, connections, context);
		String nameSpace = this.options.contains(Option.NON_BLOCKING) ? "loop." : "";
		return new IrpcCaller(clients, nameSpace + "add", nameSpace + "echo", this.options.contains(Option.CALLBACK),
				context);
	}

	private Completion completion() {
		return this.options.contains(Option.NON_BLOCKING) ? Completion.EVENT_LOOP : Completion.WORKER;
	}

	private static PublicKeyPin pin() throws IOException {
		ServerIdentity identity = new IdentityFile(Path.of(DIRECTORY)).readOrCreate(Clock.systemUTC());
		return PublicKeyPin.of(identity.certificate());
	}

	// beans would take half a minute for hundreds
	private static List<IrpcClient> build(String address, int count, ConfigurableApplicationContext context) {
		List<IrpcClient> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			IrpcClientBuilder builder = IrpcClient.builder()
				.address(address)
				.credentials(Credentials.ofPassword("user", "secret"))
				.converter(context.getBean(PayloadConverter.class));
			context.getBeanProvider(IrpcObservations.class)
				.ifAvailable((observations) -> builder.observers(observations.client()));
			clients.add(builder.build());
		}
		List<CompletableFuture<Void>> connected = clients.stream().map(IrpcClient::connect).toList();
		connected.forEach(CompletableFuture::join);
		return clients;
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
		 * Its functions declare that they do not block, and nothing that follows calls
		 * does.
		 */
		NON_BLOCKING,

		/**
		 * Its connections are encrypted.
		 */
		ENCRYPTED,

		/**
		 * Nobody observes it.
		 */
		UNOBSERVED,

		/**
		 * Its events come as callbacks, which are acknowledged, and may be replayed.
		 */
		CALLBACK

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ClientApplication {

	}

}
