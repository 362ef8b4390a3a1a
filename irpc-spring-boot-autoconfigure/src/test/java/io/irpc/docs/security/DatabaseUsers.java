package io.irpc.docs.security;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.provisioning.JdbcUserDetailsManager;

/**
 * Users that stand in a database.
 */
// tag::users[]
@Configuration(proxyBeanMethods = false)
class DatabaseUsers {

	@Bean
	JdbcUserDetailsManager users(DataSource dataSource) {
		return new JdbcUserDetailsManager(dataSource);
	}

}
// end::users[]
