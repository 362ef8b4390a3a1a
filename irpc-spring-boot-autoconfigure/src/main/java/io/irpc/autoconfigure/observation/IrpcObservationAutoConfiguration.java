package io.irpc.autoconfigure.observation;

import java.util.List;

import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientCustomizer;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.call.Interception;
import io.irpc.event.DeliveryObserver;
import io.irpc.event.RaiseObserver;
import io.irpc.observation.DeliveryTimers;
import io.irpc.observation.InvocationMdcHandler;
import io.irpc.observation.IrpcClientEventObservationConvention;
import io.irpc.observation.IrpcClientRequestObservationConvention;
import io.irpc.observation.IrpcEventRaiseObservationConvention;
import io.irpc.observation.IrpcObservationConventions;
import io.irpc.observation.IrpcObservations;
import io.irpc.observation.IrpcServerRequestObservationConvention;
import io.irpc.session.CommandObserver;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.MDC;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the observations of servers and clients.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		before = { IrpcServerAutoConfiguration.class, IrpcEventAutoConfiguration.class,
				IrpcClientAutoConfiguration.class },
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
public final class IrpcObservationAutoConfiguration {

	/**
	 * Observations, where they lead somewhere.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ObservationRegistry.class)
	static class ObservationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		IrpcObservations irpcObservations(ObservationRegistry registry,
				ObjectProvider<IrpcServerRequestObservationConvention> serverRequests,
				ObjectProvider<IrpcClientRequestObservationConvention> clientRequests,
				ObjectProvider<IrpcEventRaiseObservationConvention> eventRaises,
				ObjectProvider<IrpcClientEventObservationConvention> clientEvents) {
			return new IrpcObservations(registry, new IrpcObservationConventions(serverRequests.getIfAvailable(),
					clientRequests.getIfAvailable(), eventRaises.getIfAvailable(), clientEvents.getIfAvailable()));
		}

		@Bean
		@ConditionalOnMissingBean
		CommandObserver irpcCommandObserver(IrpcObservations observations) {
			return observations.commands();
		}

		@Bean
		@ConditionalOnMissingBean
		RaiseObserver irpcRaiseObserver(IrpcObservations observations) {
			return observations.raises();
		}

		@Bean
		@ConditionalOnMissingBean
		Interception irpcSessionInterception(IrpcObservations observations) {
			return observations.isNoop() ? Interception.NONE
					: new Interception(KeyValue.NONE_VALUE, observations.calls(), List.of());
		}

		@Bean
		IrpcClientCustomizer irpcClientObservationCustomizer(IrpcObservations observations) {
			return (name, builder) -> {
				if (!observations.isNoop()) {
					builder.observers(observations.client());
				}
			};
		}

	}

	/**
	 * What each line of a log belongs to.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MDC.class)
	@ConditionalOnBean(ObservationRegistry.class)
	static class MdcConfiguration {

		@Bean
		@ConditionalOnMissingBean
		InvocationMdcHandler irpcInvocationMdcHandler() {
			return new InvocationMdcHandler();
		}

	}

	/**
	 * How long events take to arrive.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class DeliveryConfiguration {

		@Bean
		@ConditionalOnMissingBean(DeliveryObserver.class)
		DeliveryTimers irpcDeliveryTimers(MeterRegistry registry) {
			return new DeliveryTimers(registry);
		}

	}

}
