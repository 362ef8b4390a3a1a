package io.irpc.autoconfigure;

import java.util.List;

/**
 * The details that stand in the properties of a client.
 */
final class PropertiesIrpcConnectionDetails implements IrpcConnectionDetails {

	private final IrpcClientProperties properties;

	PropertiesIrpcConnectionDetails(IrpcClientProperties properties) {
		this.properties = properties;
	}

	@Override
	public List<String> getAddresses() {
		return this.properties.getAddress();
	}

}
