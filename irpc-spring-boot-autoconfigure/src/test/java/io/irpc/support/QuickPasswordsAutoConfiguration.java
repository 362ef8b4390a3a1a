package io.irpc.support;

import java.util.Map;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Encodes passwords at next to no cost, where a test has nothing of its own to do so:
 * what Spring Security does otherwise takes longer than the rest of most tests.
 */
@AutoConfiguration
class QuickPasswordsAutoConfiguration {

	private static final int LEAST_STRENGTH = 4;

	@Bean
	@ConditionalOnMissingBean
	@SuppressWarnings("deprecation")
	PasswordEncoder passwordEncoder() {
		PasswordEncoder plain = NoOpPasswordEncoder.getInstance();
		DelegatingPasswordEncoder encoder = new DelegatingPasswordEncoder("bcrypt",
				Map.of("bcrypt", new BCryptPasswordEncoder(LEAST_STRENGTH), "noop", plain));
		encoder.setDefaultPasswordEncoderForMatches(plain);
		return encoder;
	}

}
