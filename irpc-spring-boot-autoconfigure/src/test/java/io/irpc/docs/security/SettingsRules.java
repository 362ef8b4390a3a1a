package io.irpc.docs.security;

import io.irpc.security.IrpcRules;
import io.irpc.security.IrpcSecurity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Says who may use what.
 */
@Configuration(proxyBeanMethods = false)
class SettingsRules {

	// tag::rules[]
	@Bean
	IrpcRules irpcRules(IrpcSecurity irpc) {
		return irpc.authorize((rules) -> {
			rules.functions("settings.version").permitAll();
			rules.functions("settings.change", "settings.reset").hasRole("OPERATOR");
			rules.functions("settings.*").authenticated();
			rules.events("settings.**").hasRole("OPERATOR", "VIEWER");
			rules.anything().denyAll();
		}).build();
	}
	// end::rules[]

}
