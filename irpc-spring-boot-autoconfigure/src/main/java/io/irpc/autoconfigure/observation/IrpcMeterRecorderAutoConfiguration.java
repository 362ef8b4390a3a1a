package io.irpc.autoconfigure.observation;

import io.irpc.observation.MeterRecorder;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.core.instrument.observation.MeterObservationHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of what records observations as meters, in place of the handler of
 * Spring Boot and with the same result. A handler of the application takes the place of
 * both.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MetricsAutoConfiguration.class)
@ConditionalOnClass({ MetricsAutoConfiguration.class, ObservationAutoConfiguration.class })
@ConditionalOnBean(MetricsAutoConfiguration.class)
public final class IrpcMeterRecorderAutoConfiguration {

	// the first that supports an observation records it
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE - 1)
	@ConditionalOnMissingBean(value = MeterObservationHandler.class, ignored = DefaultMeterObservationHandler.class)
	MeterRecorder irpcMeterRecorder(ObjectProvider<MeterRegistry> registry,
			ObjectProvider<MetricsProperties> properties) {
		boolean countsActive = properties.stream()
			.noneMatch(
					(metrics) -> metrics.getObservations().getIgnoredMeters().contains(IgnoredMeters.LONG_TASK_TIMER));
		return new MeterRecorder(registry.getIfAvailable(() -> new CompositeMeterRegistry(Clock.SYSTEM)), countsActive);
	}

}
