package io.irpc.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

import io.irpc.call.Interception;
import io.irpc.call.SessionCallers;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Refusals;
import io.irpc.server.ExposureTable;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerSettings;
import io.irpc.service.AccessPolicy;
import io.irpc.service.CallCommandHandler;
import io.irpc.service.HelpCommandHandler;
import io.irpc.service.PublishedEvents;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.session.CancelHandler;
import io.irpc.session.CommandDispatcher;
import io.irpc.session.CommandHandler;
import io.irpc.session.CommandObserver;
import io.irpc.session.ErrorResponseResolver;
import io.irpc.session.IdentifyHandler;
import io.irpc.session.InvocationInterceptor;
import io.irpc.session.OutcomeCommandHandler;
import io.irpc.session.PingHandler;
import io.irpc.session.RequestHandler;
import io.irpc.session.SessionEventPublisher;
import io.irpc.session.SessionLimits;
import io.irpc.session.SessionListener;
import io.irpc.session.SessionManager;
import io.irpc.session.SessionOptions;
import io.irpc.session.WorkerPool;
import io.irpc.transport.ConnectionOptions;
import io.irpc.transport.ServerSecurity;
import io.netty.channel.local.LocalAddress;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/**
 * Auto-configuration of the IRPC server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IrpcAutoConfiguration.class,
		afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "irpc.server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(IrpcServerProperties.class)
@Import({ ServicesConfiguration.class, ServerTlsConfiguration.class, SessionLimitsConfiguration.class,
		MemoryBoundConfiguration.class })
public final class IrpcServerAutoConfiguration {

	private static final String LIMITS = "irpc.server.limits.";

	private static final DataSize ANONYMOUS_MESSAGE_SIZE = DataSize.ofKilobytes(8);

	private static final int DRAIN_SHARE = 10;

	@Bean
	@ConditionalOnMissingBean
	IrpcServerSettings irpcServerSettings(IrpcServerProperties properties, AccessPolicy policy,
			@Value("${spring.application.name:irpc}") String name, ObjectProvider<LifecycleProperties> lifecycle,
			ObjectProvider<LocalAddress> localAddress) {
		Integer port = properties.getPort();
		LocalAddress local = localAddress.getIfAvailable();
		SocketAddress address = (local != null) ? local : new InetSocketAddress(properties.getAddress(),
				(port != null) ? PropertyChecks.port("irpc.server.port", port) : IrpcServerProperties.DEFAULT_PORT);
		ConnectionOptions connection = ConnectionOptionsMapper.map("irpc.server.connection",
				properties.getConnection());
		IrpcLimitsProperties limits = properties.getLimits();
		DataSize anonymous = limits.getMaxAnonymousMessageSize();
		SessionOptions session = new SessionOptions(name, connection.maxMessageLength(),
				(anonymous != null) ? PropertyChecks.size(LIMITS + "max-anonymous-message-size", anonymous)
						: anonymousMessageLength(connection, policy),
				PropertyChecks.positive(LIMITS + "max-running-commands", limits.getMaxRunningCommands()),
				PropertyChecks.positive(LIMITS + "max-waiting-size", limits.getMaxWaitingSize()));
		Duration phase = lifecycle.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase();
		Duration delay = properties.getShutdown().getDelay();
		PropertyChecks.require(!delay.isNegative() && delay.compareTo(phase) < 0, "irpc.server.shutdown.delay", delay,
				"a duration from 0 to less than spring.lifecycle.timeout-per-shutdown-phase (" + phase + ")");
		Duration rest = phase.minus(delay);
		// what is left of it is for closing
		Duration drainTimeout = rest.minus(rest.dividedBy(DRAIN_SHARE));
		return new IrpcServerSettings(address, (local != null) ? null : properties.getUnixSocket(),
				properties.getExposure(), local != null || port != null, connection, session, delay, drainTimeout);
	}

	private static int anonymousMessageLength(ConnectionOptions connection, AccessPolicy policy) {
		return policy.isLoginRequired()
				? Math.min(connection.maxMessageLength(), (int) ANONYMOUS_MESSAGE_SIZE.toBytes())
				: connection.maxMessageLength();
	}

	@Bean
	@ConditionalOnMissingBean
	WorkerPool irpcWorkerPool(IrpcServerProperties properties) {
		return WorkerPools.create("irpc.server.threads", "irpc-server-", properties.getThreads());
	}

	@Bean
	SessionCallers irpcSessionCallers(PayloadConverter converter, WorkerPool workers,
			ObjectProvider<Interception> interception) {
		return new SessionCallers(converter, workers, interception.getIfAvailable(() -> Interception.NONE));
	}

	@Bean
	CallCommandHandler irpcCallCommandHandler(ServiceMethodRegistry registry, PublishedEvents events) {
		return new CallCommandHandler(registry, events);
	}

	@Bean
	HelpCommandHandler irpcHelpCommandHandler(ServiceMethodRegistry registry, PublishedEvents events) {
		return new HelpCommandHandler(registry, events);
	}

	@Bean
	PingHandler irpcPingHandler() {
		return new PingHandler();
	}

	@Bean
	CancelHandler irpcCancelHandler() {
		return new CancelHandler();
	}

	@Bean
	RequestHandler irpcRequestHandler() {
		return new RequestHandler();
	}

	@Bean
	OutcomeCommandHandler irpcOutcomeCommandHandler(PayloadConverter converter) {
		return new OutcomeCommandHandler(converter);
	}

	@Bean
	IdentifyHandler irpcIdentifyHandler(PayloadConverter converter) {
		return new IdentifyHandler(converter);
	}

	@Bean
	SessionEventPublisher irpcSessionEventPublisher(ApplicationEventPublisher publisher) {
		return new SessionEventPublisher(publisher, IrpcServer.PHASE - 1);
	}

	@Bean
	SessionManager irpcSessionManager(IrpcServerSettings settings, SessionLimits limits, Refusals refusals,
			PayloadConverter converter, WorkerPool workers, List<CommandHandler> handlers,
			ObjectProvider<InvocationInterceptor> interceptors, ObjectProvider<CommandObserver> observer,
			ObjectProvider<ErrorResponseResolver> resolvers, ObjectProvider<SessionListener> listeners) {
		CommandDispatcher dispatcher = new CommandDispatcher(handlers, interceptors.orderedStream().toList(),
				observer.getIfAvailable(() -> CommandObserver.NONE), resolvers.orderedStream().toList(), converter,
				refusals, workers);
		return new SessionManager(settings.session(), limits, dispatcher, listeners.orderedStream().toList());
	}

	@Bean
	ExposureTable irpcExposureTable(ServiceMethodRegistry registry, PublishedEvents events, AccessPolicy policy) {
		return new ExposureTable(registry, events, policy);
	}

	@Bean
	@ConditionalOnMissingBean
	IrpcServer irpcServer(IrpcServerSettings settings, ServiceMethodRegistry registry, ExposureTable exposure,
			SessionManager sessions, WorkerPool workers, ServerSecurity security, ApplicationEventPublisher publisher) {
		return new IrpcServer(settings, registry, exposure, sessions, workers, security, publisher);
	}

	@Bean
	ServerReadiness irpcServerReadiness(ApplicationContext context) {
		return new ServerReadiness(context);
	}

	@Bean
	LocalIrpcPort irpcLocalPort() {
		return new LocalIrpcPort();
	}

}
