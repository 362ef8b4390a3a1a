package io.irpc.client;

import java.util.List;

/**
 * Tells several listeners, one after the other.
 *
 * @param listeners the listeners
 */
record ClientListeners(List<IrpcClientListener> listeners) implements IrpcClientListener {

	@Override
	public void stateChanged(IrpcClient client, ConnectionInfo connection) {
		this.listeners.forEach((listener) -> listener.stateChanged(client, connection));
	}

	@Override
	public void gap(IrpcClient client, EventGap gap) {
		this.listeners.forEach((listener) -> listener.gap(client, gap));
	}

	@Override
	public void failed(IrpcClient client, EventFailure<?> failure) {
		this.listeners.forEach((listener) -> listener.failed(client, failure));
	}

}
