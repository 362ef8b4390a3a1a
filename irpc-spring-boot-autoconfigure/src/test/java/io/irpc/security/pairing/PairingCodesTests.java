package io.irpc.security.pairing;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PairingCodes}.
 */
class PairingCodesTests {

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

	private final PairingCodes codes = new PairingCodes(Duration.ofMinutes(10), () -> this.now.get());

	@Test
	void codesAreRandomAndEasilyReadAloud() {
		String code = this.codes.issue();
		assertThat(code).matches("([2-9a-km-np-z]{4}-){3}[2-9a-km-np-z]{4}").isNotEqualTo(this.codes.issue());
	}

	@Test
	void aCodeIsGoodOnce() {
		String code = this.codes.issue();
		String other = this.codes.issue();
		assertThat(this.codes.redeem(code)).isTrue();
		assertThat(this.codes.redeem(code)).isFalse();
		assertThat(this.codes.redeem(other)).isTrue();
	}

	@Test
	void caseAndDashesDoNotMatter() {
		assertThat(this.codes.redeem(this.codes.issue().replace("-", "").toUpperCase(Locale.ROOT))).isTrue();
	}

	@Test
	void whatWasNeverIssuedIsRefused() {
		this.codes.issue();
		assertThat(this.codes.redeem("")).isFalse();
		assertThat(this.codes.redeem("2222-2222-2222-2222")).isFalse();
		assertThat(this.codes.redeem("x".repeat(100_000))).isFalse();
	}

	@Test
	void aCodeExpires() {
		String code = this.codes.issue();
		this.now.updateAndGet((time) -> time.plus(Duration.ofMinutes(10)));
		assertThat(this.codes.redeem(code)).isFalse();
		String next = this.codes.issue();
		this.now.updateAndGet((time) -> time.plus(Duration.ofMinutes(10).minusMillis(1)));
		assertThat(this.codes.redeem(next)).isTrue();
	}

	@Test
	void revokedCodesAreRefused() {
		String code = this.codes.issue();
		this.codes.revoke();
		assertThat(this.codes.redeem(code)).isFalse();
	}

	@Test
	void withTooManyCodesTheOldestIsRevoked() {
		String oldest = this.codes.issue();
		String second = this.codes.issue();
		for (int i = 1; i < PairingCodes.MAX_CODES; i++) {
			this.codes.issue();
		}
		assertThat(this.codes.redeem(oldest)).isFalse();
		assertThat(this.codes.redeem(second)).isTrue();
	}

}
