package io.irpc.autoconfigure.observation;

import java.time.Clock;

import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.client.IrpcClient;
import io.irpc.event.EventThreads;
import io.irpc.event.SubscriptionRegistry;
import io.irpc.journal.EventJournal;
import io.irpc.observation.ClientMeters;
import io.irpc.observation.JournalMeters;
import io.irpc.observation.LimitMeters;
import io.irpc.observation.LoginMeters;
import io.irpc.observation.SessionMeters;
import io.irpc.observation.SubscriptionMeters;
import io.irpc.protocol.Refusals;
import io.irpc.security.LoginService;
import io.irpc.session.SessionLimits;
import io.irpc.session.SessionManager;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;

/**
 * Auto-configuration of the meters of servers and clients.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { IrpcServerAutoConfiguration.class, IrpcEventAutoConfiguration.class,
				IrpcClientAutoConfiguration.class },
		afterName = { "io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class IrpcMetricsAutoConfiguration {

	@Bean
	@ConditionalOnBean(IrpcClient.class)
	@ConditionalOnMissingBean
	ClientMeters irpcClientMeters(ObjectProvider<IrpcClient> clients) {
		return new ClientMeters(clients.orderedStream().toList());
	}

	/**
	 * Meters of the server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(SessionManager.class)
	static class ServerConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SessionMeters irpcSessionMeters(SessionManager sessions, SessionLimits limits) {
			return new SessionMeters(sessions, limits);
		}

		@Bean
		@ConditionalOnMissingBean
		LimitMeters irpcLimitMeters(Refusals refusals) {
			return new LimitMeters(refusals);
		}

		@Bean
		@ConditionalOnMissingBean
		SubscriptionMeters irpcSubscriptionMeters(SubscriptionRegistry subscriptions) {
			return new SubscriptionMeters(subscriptions);
		}

		@Bean
		@ConditionalOnMissingBean
		JournalMeters irpcJournalMeters(EventJournal journal, EventThreads readers) {
			return new JournalMeters(journal, readers, Clock.systemUTC());
		}

	}

	/**
	 * Meters of logins.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AuthenticationManager.class)
	@ConditionalOnBean(LoginService.class)
	static class LoginConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LoginMeters irpcLoginMeters(LoginService logins) {
			return new LoginMeters(logins.counts());
		}

	}

}
