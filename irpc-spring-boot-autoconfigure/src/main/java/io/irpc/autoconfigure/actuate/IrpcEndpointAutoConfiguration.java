package io.irpc.autoconfigure.actuate;

import io.irpc.actuate.EndpointPart;
import io.irpc.actuate.IrpcEndpoint;
import io.irpc.actuate.IrpcEndpointJmxExtension;
import io.irpc.actuate.IrpcEndpointWebExtension;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the Actuator endpoint {@code irpc}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { IrpcServerAutoConfiguration.class, IrpcEventAutoConfiguration.class,
				IrpcClientAutoConfiguration.class },
		afterName = "io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration")
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(IrpcEndpoint.class)
@EnableConfigurationProperties(IrpcEndpointProperties.class)
@Import({ ServerPartsConfiguration.class, ClientsPartConfiguration.class })
public final class IrpcEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	IrpcEndpoint irpcEndpoint(ObjectProvider<EndpointPart> parts, ObjectProvider<SanitizingFunction> sanitizing,
			IrpcEndpointProperties properties) {
		return new IrpcEndpoint(parts.orderedStream().toList(), sanitizing.orderedStream().toList(),
				properties.getShowValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	IrpcEndpointWebExtension irpcEndpointWebExtension(IrpcEndpoint endpoint, IrpcEndpointProperties properties) {
		return new IrpcEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.JMX)
	IrpcEndpointJmxExtension irpcEndpointJmxExtension(IrpcEndpoint endpoint) {
		return new IrpcEndpointJmxExtension(endpoint);
	}

}
