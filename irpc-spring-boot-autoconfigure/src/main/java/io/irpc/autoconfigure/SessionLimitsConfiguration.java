package io.irpc.autoconfigure;

import io.irpc.protocol.RefusalListener;
import io.irpc.protocol.Refusals;
import io.irpc.service.AccessPolicy;
import io.irpc.session.OutcomeLimits;
import io.irpc.session.SessionLimits;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of what all sessions together may have.
 */
@Configuration(proxyBeanMethods = false)
class SessionLimitsConfiguration {

	private static final String PREFIX = "irpc.server.limits.";

	private static final int SHARE_OF_HEAP = 8;

	private static final long LEAST_MEMORY = DataSize.ofMegabytes(64).toBytes();

	@Bean
	@ConditionalOnMissingBean
	SessionLimits irpcSessionLimits(IrpcServerProperties properties, AccessPolicy policy) {
		IrpcLimitsProperties limits = properties.getLimits();
		SessionLimits.Anonymous anonymous = new SessionLimits.Anonymous(
				PropertyChecks.positive(PREFIX + "max-anonymous-sessions", limits.getMaxAnonymousSessions()),
				PropertyChecks.positive(PREFIX + "max-anonymous-sessions-per-address",
						limits.getMaxAnonymousSessionsPerAddress()),
				PropertyChecks.positive(PREFIX + "login-timeout", limits.getLoginTimeout()));
		DataSize maxMemory = limits.getMaxMemory();
		return new SessionLimits(PropertyChecks.positive(PREFIX + "max-sessions", limits.getMaxSessions()),
				PropertyChecks.positive(PREFIX + "max-sessions-per-address", limits.getMaxSessionsPerAddress()),
				(maxMemory != null) ? PropertyChecks.positive(PREFIX + "max-memory", maxMemory)
						: Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP),
				policy.isLoginRequired() ? anonymous : null,
				new OutcomeLimits(PropertyChecks.positive(PREFIX + "outcome-retention", limits.getOutcomeRetention()),
						PropertyChecks.positive(PREFIX + "max-outcome-size", limits.getMaxOutcomeSize())));
	}

	@Bean
	@ConditionalOnMissingBean
	Refusals irpcRefusals(ObjectProvider<RefusalListener> listeners) {
		return new Refusals(listeners.orderedStream().toList());
	}

}
