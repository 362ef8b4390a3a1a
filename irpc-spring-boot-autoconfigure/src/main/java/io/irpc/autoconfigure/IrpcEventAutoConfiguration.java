package io.irpc.autoconfigure;

import java.time.Clock;

import io.irpc.event.CallbackCommandHandler;
import io.irpc.event.DeliveryObserver;
import io.irpc.event.DurableCursors;
import io.irpc.event.EventBroadcaster;
import io.irpc.event.EventExternalizer;
import io.irpc.event.EventThreads;
import io.irpc.event.EventTypeRegistry;
import io.irpc.event.MonitorCommandHandler;
import io.irpc.event.RaiseObserver;
import io.irpc.event.RemoteEvents;
import io.irpc.event.Selections;
import io.irpc.event.SubscriptionCounts;
import io.irpc.event.SubscriptionEnd;
import io.irpc.event.SubscriptionEnvironment;
import io.irpc.event.SubscriptionRegistry;
import io.irpc.journal.CursorStore;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryCursorStore;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.payload.PayloadConverter;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerSettings;
import io.irpc.service.AccessPolicy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the events that an application publishes.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = IrpcServerAutoConfiguration.class, after = IrpcAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "irpc.server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(IrpcJournalProperties.class)
@Import(EventTypesRegistrar.class)
public final class IrpcEventAutoConfiguration {

	private static final int EVENT_THREADS = 8;

	@Bean
	@ConditionalOnMissingBean
	EventJournal irpcEventJournal(IrpcJournalProperties properties) {
		return new InMemoryEventJournal(JournalRetention.of(properties), Clock.systemUTC());
	}

	@Bean
	EventExternalizer irpcEventExternalizer(EventTypeRegistry types, EventJournal journal, IrpcServerSettings settings,
			ObjectProvider<RaiseObserver> observer) {
		return new EventExternalizer(types, journal, settings.session().maxMessageLength(),
				observer.getIfAvailable(() -> RaiseObserver.NONE));
	}

	@Bean
	@ConditionalOnMissingBean
	CursorStore irpcCursorStore() {
		return new InMemoryCursorStore();
	}

	@Bean
	EventThreads irpcEventThreads() {
		IrpcThreadsProperties threads = new IrpcThreadsProperties();
		threads.setMax(EVENT_THREADS);
		return new EventThreads(WorkerPools.create("irpc.events.threads", "irpc-events-", threads),
				IrpcServer.PHASE - 2);
	}

	@Bean
	DurableCursors irpcDurableCursors(CursorStore store, EventThreads threads) {
		return new DurableCursors(store, threads, IrpcServer.PHASE - 1);
	}

	@Bean
	SubscriptionEnvironment irpcSubscriptionEnvironment(AccessPolicy policy, EventJournal journal,
			PayloadConverter converter, EventThreads threads, ObjectProvider<DeliveryObserver> observer) {
		return new SubscriptionEnvironment(policy, journal, new Selections(converter), threads,
				new SubscriptionCounts(), Clock.systemUTC(), observer.getIfAvailable(() -> DeliveryObserver.NONE));
	}

	@Bean
	SubscriptionRegistry irpcSubscriptionRegistry(SubscriptionEnvironment environment) {
		return new SubscriptionRegistry(environment);
	}

	@Bean
	@Lazy(false)
	EventBroadcaster irpcEventBroadcaster(SubscriptionEnvironment environment, SubscriptionRegistry subscriptions) {
		return new EventBroadcaster(environment, subscriptions);
	}

	@Bean
	SubscriptionEnd irpcSubscriptionEnd(EventBroadcaster broadcaster, SubscriptionRegistry subscriptions) {
		return new SubscriptionEnd(broadcaster, subscriptions);
	}

	@Bean
	MonitorCommandHandler irpcMonitorCommandHandler(EventTypeRegistry types, SubscriptionRegistry subscriptions,
			SubscriptionEnvironment environment, PayloadConverter converter) {
		return new MonitorCommandHandler(types, subscriptions, environment, converter);
	}

	@Bean
	CallbackCommandHandler irpcCallbackCommandHandler(EventTypeRegistry types, SubscriptionRegistry subscriptions,
			SubscriptionEnvironment environment, DurableCursors cursors, PayloadConverter converter) {
		return new CallbackCommandHandler(types, subscriptions, environment, cursors, converter);
	}

	@Bean
	@ConditionalOnMissingBean
	RemoteEvents irpcRemoteEvents(EventTypeRegistry types, PayloadConverter converter,
			ApplicationEventPublisher publisher) {
		return new RemoteEvents(types, converter, publisher);
	}

}
