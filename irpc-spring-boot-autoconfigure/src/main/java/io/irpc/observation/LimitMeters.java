package io.irpc.observation;

import io.irpc.protocol.Limit;
import io.irpc.protocol.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the limits that peers of a server have exceeded (protocol §8).
 *
 * @since 0.1.0
 */
public final class LimitMeters implements MeterBinder {

	private final Refusals refusals;

	/**
	 * Create meters.
	 * @param refusals counts the refusals
	 */
	public LimitMeters(Refusals refusals) {
		this.refusals = refusals;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Limit limit : Limit.values()) {
			IrpcMeter.SERVER_LIMITS_EXCEEDED.counter(registry, this.refusals, (counts) -> counts.count(limit),
					limit.key());
		}
	}

}
