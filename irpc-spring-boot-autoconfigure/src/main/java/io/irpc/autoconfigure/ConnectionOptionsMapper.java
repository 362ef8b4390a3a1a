package io.irpc.autoconfigure;

import io.irpc.service.IrpcConfigurationException;
import io.irpc.transport.ConnectionOptions;

import org.springframework.util.unit.DataSize;

/**
 * Makes the options of connections of their properties.
 */
final class ConnectionOptionsMapper {

	private ConnectionOptionsMapper() {
	}

	static ConnectionOptions map(String prefix, IrpcConnectionProperties properties) {
		try {
			return new ConnectionOptions(bytes(properties.getMaxMessageSize()), properties.getMaxParameters(),
					properties.getLineTimeout(), properties.getPingInterval(), properties.getIdleTimeout(),
					properties.getHighWaterMark().toBytes(), properties.getLowWaterMark().toBytes(),
					properties.getSlowPeerTimeout());
		}
		catch (IllegalArgumentException ex) {
			throw new IrpcConfigurationException("The properties " + prefix + ".* are not valid: " + ex.getMessage(),
					"Change the property that is named like the value.", ex);
		}
	}

	static int bytes(DataSize size) {
		if (size.toBytes() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("size: " + size + " (expected: <= " + Integer.MAX_VALUE + " bytes)");
		}
		return (int) size.toBytes();
	}

}
