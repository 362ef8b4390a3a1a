package io.irpc.observation;

import io.irpc.security.LoginCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the logins at a server.
 *
 * @since 0.1.0
 */
public final class LoginMeters implements MeterBinder {

	private final LoginCounts counts;

	/**
	 * Create meters.
	 * @param counts counts the logins
	 */
	public LoginMeters(LoginCounts counts) {
		this.counts = counts;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		IrpcMeter.SERVER_LOGINS.counter(registry, this.counts, LoginCounts::accepted, "accepted");
		IrpcMeter.SERVER_LOGINS.counter(registry, this.counts, LoginCounts::refused, "refused");
		IrpcMeter.SERVER_LOGINS.counter(registry, this.counts, LoginCounts::failed, "failed");
		IrpcMeter.SERVER_LOGINS_DELAYED.counter(registry, this.counts, LoginCounts::delayed);
	}

}
