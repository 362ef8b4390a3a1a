package io.irpc.autoconfigure.jdbc;

import io.irpc.journal.EventJournal;
import io.irpc.service.IrpcConfigurationException;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * Says why there can be no journal on a database.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(EventJournal.class)
class MissingDataSourceConfiguration {

	private static final String SPRING_BOOT_JDBC = "org.springframework.boot.jdbc.init.DatabaseInitializationProperties";

	@Bean
	EventJournal irpcEventJournal(ResourceLoader resources) {
		if (!ClassUtils.isPresent(SPRING_BOOT_JDBC, resources.getClassLoader())) {
			throw new IrpcConfigurationException(
					"irpc.journal.type=jdbc, but Spring Boot's JDBC support is not on the class path",
					"Add spring-boot-starter-jdbc and the driver of the database, or remove irpc.journal.type.");
		}
		throw new IrpcConfigurationException(
				"irpc.journal.type=jdbc, but there is no DataSource bean, or there are several and none is primary",
				"Set spring.datasource.url, mark one DataSource as primary, or remove irpc.journal.type.");
	}

}
