package io.irpc.autoconfigure;

import java.time.Duration;

import io.irpc.transport.ConnectionOptions;

/**
 * Makes the options of connections of their properties.
 */
final class ConnectionOptionsMapper {

	private ConnectionOptionsMapper() {
	}

	static ConnectionOptions map(String prefix, IrpcConnectionProperties properties) {
		Duration pingInterval = PropertyChecks.positive(prefix + ".ping-interval", properties.getPingInterval());
		PropertyChecks.require(properties.getIdleTimeout().compareTo(pingInterval) > 0, prefix + ".idle-timeout",
				properties.getIdleTimeout(), "a duration above " + prefix + ".ping-interval, which is " + pingInterval);
		long highWaterMark = PropertyChecks.positive(prefix + ".high-water-mark", properties.getHighWaterMark());
		long lowWaterMark = PropertyChecks.positive(prefix + ".low-water-mark", properties.getLowWaterMark());
		PropertyChecks.require(lowWaterMark < highWaterMark, prefix + ".low-water-mark", properties.getLowWaterMark(),
				"a size below " + prefix + ".high-water-mark, which is " + properties.getHighWaterMark());
		return new ConnectionOptions(PropertyChecks.size(prefix + ".max-message-size", properties.getMaxMessageSize()),
				PropertyChecks.positive(prefix + ".max-parameters", properties.getMaxParameters()),
				PropertyChecks.positive(prefix + ".line-timeout", properties.getLineTimeout()), pingInterval,
				properties.getIdleTimeout(), highWaterMark, lowWaterMark,
				PropertyChecks.positive(prefix + ".slow-peer-timeout", properties.getSlowPeerTimeout()));
	}

}
