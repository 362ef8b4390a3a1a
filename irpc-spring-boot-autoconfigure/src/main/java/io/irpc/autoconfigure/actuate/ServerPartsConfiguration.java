package io.irpc.autoconfigure.actuate;

import java.time.InstantSource;
import java.util.Locale;

import io.irpc.actuate.ClosedSessions;
import io.irpc.actuate.FunctionUses;
import io.irpc.actuate.JournalPart;
import io.irpc.actuate.PairingsPart;
import io.irpc.actuate.ServerPart;
import io.irpc.actuate.ServicesPart;
import io.irpc.actuate.SessionsPart;
import io.irpc.autoconfigure.IrpcJournalProperties;
import io.irpc.autoconfigure.JournalRetention;
import io.irpc.event.EventThreads;
import io.irpc.event.SubscriptionRegistry;
import io.irpc.journal.EventJournal;
import io.irpc.journal.InMemoryEventJournal;
import io.irpc.security.pairing.PairedClients;
import io.irpc.server.ExposureTable;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerSettings;
import io.irpc.server.MemoryBound;
import io.irpc.service.AccessPolicy;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.session.SessionManager;
import io.irpc.transport.ServerSecurity;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Configuration of what the endpoint tells of the server.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(IrpcServer.class)
class ServerPartsConfiguration {

	private static final String CUSTOM = "custom";

	@Bean
	@Order(0)
	ServerPart irpcServerPart(IrpcServer server, IrpcServerSettings settings, ServerSecurity security,
			AccessPolicy policy, MemoryBound memory, SessionManager sessions) {
		return new ServerPart(server, settings, security, policy, memory, sessions);
	}

	@Bean
	FunctionUses irpcFunctionUses(ServiceMethodRegistry functions) {
		return new FunctionUses(functions, InstantSource.system());
	}

	@Bean
	@Order(1)
	ServicesPart irpcServicesPart(ServiceMethodRegistry functions, ExposureTable exposure, FunctionUses uses) {
		return new ServicesPart(functions, exposure, uses);
	}

	@Bean
	ClosedSessions irpcClosedSessions() {
		return new ClosedSessions();
	}

	@Bean
	@Order(2)
	SessionsPart irpcSessionsPart(SessionManager sessions, SubscriptionRegistry subscriptions, ClosedSessions closed) {
		return new SessionsPart(sessions, subscriptions, closed);
	}

	@Bean
	@Order(4)
	JournalPart irpcJournalPart(EventJournal journal, IrpcJournalProperties properties, EventThreads threads) {
		String type = type(journal, properties);
		return new JournalPart(journal, type, type.equals(CUSTOM) ? null : JournalRetention.of(properties), threads);
	}

	@Bean
	@Order(5)
	@ConditionalOnBean(PairedClients.class)
	PairingsPart irpcPairingsPart(PairedClients clients) {
		return new PairingsPart(clients);
	}

	private static String type(EventJournal journal, IrpcJournalProperties properties) {
		IrpcJournalProperties.Type type = properties.getType();
		boolean memory = journal instanceof InMemoryEventJournal;
		return (memory == (type == IrpcJournalProperties.Type.MEMORY)) ? type.name().toLowerCase(Locale.ROOT) : CUSTOM;
	}

}
