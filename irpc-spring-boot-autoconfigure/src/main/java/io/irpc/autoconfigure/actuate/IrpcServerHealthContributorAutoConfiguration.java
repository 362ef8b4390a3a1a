package io.irpc.autoconfigure.actuate;

import java.time.Clock;

import io.irpc.actuate.IrpcServerHealthIndicator;
import io.irpc.actuate.IrpcServerHealthSettings;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.autoconfigure.PropertyChecks;
import io.irpc.event.EventThreads;
import io.irpc.journal.EventJournal;
import io.irpc.server.IrpcServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the IRPC server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { IrpcServerAutoConfiguration.class, IrpcEventAutoConfiguration.class })
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ IrpcServer.class, EventThreads.class })
@ConditionalOnEnabledHealthIndicator("irpc-server")
@EnableConfigurationProperties(IrpcServerHealthProperties.class)
public final class IrpcServerHealthContributorAutoConfiguration {

	private static final String PREFIX = "irpc.server.health.";

	@Bean
	@ConditionalOnMissingBean(name = { "irpcServerHealthIndicator", "irpcServerHealthContributor" })
	IrpcServerHealthIndicator irpcServerHealthIndicator(IrpcServer server, EventJournal journal, EventThreads threads,
			IrpcServerHealthProperties properties) {
		IrpcServerHealthSettings settings = new IrpcServerHealthSettings(
				PropertyChecks.positive(PREFIX + "certificate-warning", properties.getCertificateWarning()),
				PropertyChecks.positive(PREFIX + "journal-timeout", properties.getJournalTimeout()));
		return new IrpcServerHealthIndicator(server, journal, threads, settings, Clock.systemUTC());
	}

}
