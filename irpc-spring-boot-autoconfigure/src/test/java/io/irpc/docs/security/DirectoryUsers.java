package io.irpc.docs.security;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.ldap.core.support.BaseLdapPathContextSource;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.ldap.LdapBindAuthenticationManagerFactory;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.ldap.DefaultSpringSecurityContextSource;
import org.springframework.security.ldap.search.FilterBasedLdapUserSearch;
import org.springframework.security.ldap.userdetails.DefaultLdapAuthoritiesPopulator;
import org.springframework.security.ldap.userdetails.LdapAuthoritiesPopulator;
import org.springframework.security.ldap.userdetails.LdapUserDetailsService;

/**
 * Users that stand in an LDAP directory.
 */
// tag::users[]
@Configuration(proxyBeanMethods = false)
class DirectoryUsers {

	@Bean
	DefaultSpringSecurityContextSource contextSource(@Value("${directory.url}") String url) {
		return new DefaultSpringSecurityContextSource(url);
	}

	@Bean
	LdapAuthoritiesPopulator authorities(BaseLdapPathContextSource contextSource) {
		DefaultLdapAuthoritiesPopulator populator = new DefaultLdapAuthoritiesPopulator(contextSource, "ou=groups");
		populator.setGroupSearchFilter("member={0}");
		return populator;
	}

	@Bean
	AuthenticationManager authenticationManager(BaseLdapPathContextSource contextSource,
			LdapAuthoritiesPopulator authorities) {
		LdapBindAuthenticationManagerFactory factory = new LdapBindAuthenticationManagerFactory(contextSource);
		factory.setUserDnPatterns("uid={0},ou=people");
		factory.setLdapAuthoritiesPopulator(authorities);
		return factory.createAuthenticationManager();
	}

	@Bean
	UserDetailsService users(BaseLdapPathContextSource contextSource, LdapAuthoritiesPopulator authorities) {
		return new LdapUserDetailsService(new FilterBasedLdapUserSearch("ou=people", "uid={0}", contextSource),
				authorities);
	}

}
// end::users[]
