package io.irpc.autoconfigure;

import io.irpc.event.ApplicationEventModule;
import io.irpc.payload.PayloadConverter;
import io.irpc.service.IrpcConfigurationException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of what the IRPC server and the IRPC client share.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
@ConditionalOnClass(JsonMapper.class)
@Import(AheadOfTimeDecisionsRegistrar.class)
public final class IrpcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PayloadConverter irpcPayloadConverter(ObjectProvider<JsonMapper> mapper) {
		try {
			return new PayloadConverter(mapper.getIfUnique(JsonMapper::new), new ApplicationEventModule());
		}
		catch (IllegalArgumentException ex) {
			throw new IrpcConfigurationException(String.valueOf(ex.getMessage()),
					"Do not call activateDefaultTyping on the mapper, or declare a PayloadConverter bean that is made"
							+ " of a mapper without default typing. @JsonTypeInfo(use = NAME) with @JsonSubTypes serves"
							+ " for types with known subtypes.");
		}
	}

}
