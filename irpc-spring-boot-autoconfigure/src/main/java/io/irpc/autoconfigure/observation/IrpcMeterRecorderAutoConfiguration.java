package io.irpc.autoconfigure.observation;

import io.irpc.observation.MeterRecorder;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what records observations as meters. It stands behind the
 * handlers of the application and before that of Spring Boot, as the first that supports
 * an observation records it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = MetricsAutoConfiguration.class)
@ConditionalOnClass({ MetricsAutoConfiguration.class, ObservationAutoConfiguration.class })
public final class IrpcMeterRecorderAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MeterRecorder irpcMeterRecorder(ObjectProvider<MeterRegistry> registry,
			ObjectProvider<MetricsProperties> properties) {
		boolean countsActive = properties.stream()
			.noneMatch(
					(metrics) -> metrics.getObservations().getIgnoredMeters().contains(IgnoredMeters.LONG_TASK_TIMER));
		return new MeterRecorder(registry.getIfAvailable(() -> new CompositeMeterRegistry(Clock.SYSTEM)), countsActive);
	}

}
