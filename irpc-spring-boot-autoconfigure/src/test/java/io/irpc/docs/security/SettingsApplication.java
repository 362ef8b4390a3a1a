package io.irpc.docs.security;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The application whose users are configured in several ways.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
@Import({ SettingsService.class, SettingsRules.class })
class SettingsApplication {

}
