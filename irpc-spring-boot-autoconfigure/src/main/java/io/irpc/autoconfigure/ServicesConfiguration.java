package io.irpc.autoconfigure;

import io.irpc.payload.PayloadConverter;
import io.irpc.service.AccessPolicy;
import io.irpc.service.ArgumentResolver;
import io.irpc.service.ArgumentValidator;
import io.irpc.service.JakartaArgumentValidator;
import io.irpc.service.MethodGuard;
import io.irpc.service.PredefinedFunctions;
import io.irpc.service.PublishedEvents;
import io.irpc.service.ReturnValueDecorator;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.service.ServiceMethodSupport;
import io.irpc.service.UnknownArguments;
import jakarta.validation.Validator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the functions that an application publishes, as a server or on the
 * sessions of its clients.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IrpcServerProperties.class)
class ServicesConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServiceMethodRegistry irpcServiceMethodRegistry(IrpcServerProperties properties, PayloadConverter converter,
			ObjectProvider<ArgumentResolver> resolvers, ObjectProvider<MethodGuard> guards,
			ObjectProvider<ArgumentValidator> validator, ObjectProvider<ReturnValueDecorator> decorators) {
		return new ServiceMethodRegistry(new ServiceMethodSupport(converter, resolvers.orderedStream().toList(),
				guards.orderedStream().toList(), validator.getIfAvailable(() -> (bean, method, values, names) -> {
				}), decorators.orderedStream().toList(), new UnknownArguments(properties.getUnknownArguments())));
	}

	@Bean
	SmartInitializingSingleton irpcServiceRegistrar(ServiceMethodRegistry registry,
			ConfigurableListableBeanFactory beanFactory) {
		return () -> registry.registerAll(beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	AccessPolicy irpcAccessPolicy() {
		return AccessPolicy.OPEN;
	}

	@Bean
	PredefinedFunctions irpcPredefinedFunctions(ServiceMethodRegistry registry, PublishedEvents events,
			AccessPolicy policy) {
		return new PredefinedFunctions(registry, events, policy);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Validator.class)
	static class ValidationConfiguration {

		@Bean
		@ConditionalOnMissingBean(ArgumentValidator.class)
		@ConditionalOnSingleCandidate(Validator.class)
		JakartaArgumentValidator irpcArgumentValidator(Validator validator, PayloadConverter converter) {
			return new JakartaArgumentValidator(validator, converter);
		}

	}

}
