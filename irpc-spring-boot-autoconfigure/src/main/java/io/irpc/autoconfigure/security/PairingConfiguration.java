package io.irpc.autoconfigure.security;

import java.time.InstantSource;
import java.util.Map;

import io.irpc.autoconfigure.IrpcServerSslProperties;
import io.irpc.autoconfigure.PropertyChecks;
import io.irpc.autoconfigure.ServerDirectory;
import io.irpc.security.LoginProvider;
import io.irpc.security.LoginService;
import io.irpc.security.pairing.PairedAuthenticationProvider;
import io.irpc.security.pairing.PairedClients;
import io.irpc.security.pairing.PairedTokens;
import io.irpc.security.pairing.PairingCodes;
import io.irpc.security.pairing.PairingFunctions;
import io.irpc.server.AddressLineContributor;
import io.irpc.server.IrpcServerSettings;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Pairing of clients with the server.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "irpc.server.pairing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(IrpcPairingProperties.class)
class PairingConfiguration {

	@Bean
	PairingCodes irpcPairingCodes(IrpcPairingProperties properties) {
		return new PairingCodes(
				PropertyChecks.positive("irpc.server.pairing.code-validity", properties.getCodeValidity()),
				InstantSource.system());
	}

	@Bean
	PairedClients irpcPairedClients(IrpcServerSslProperties ssl, IrpcServerSettings settings) {
		return new PairedClients(ServerDirectory.of(ssl, settings), InstantSource.system());
	}

	@Bean
	PairingFunctions irpcPairingFunctions(LoginService logins, PairingCodes codes, PairedClients clients) {
		return new PairingFunctions(logins, codes, clients);
	}

	@Bean
	PairedTokens irpcPairedTokens(PairedClients clients) {
		return new PairedTokens(clients);
	}

	@Bean
	LoginProvider irpcPairedLoginProvider(PairedClients clients, IrpcPairingProperties properties) {
		return new LoginProvider(new PairedAuthenticationProvider(clients, properties.getAuthorities()));
	}

	@Bean
	AddressLineContributor irpcPairingAddress(PairingCodes codes) {
		return () -> Map.of("code", codes.issue());
	}

}
