package io.irpc.session;

import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.protocol.IrpcException;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.Limit;
import io.irpc.protocol.ProtocolException;
import io.irpc.protocol.Response;
import io.irpc.transport.ConnectionListener;
import io.irpc.transport.IrpcConnection;

/**
 * Tells a peer that it gets no session. Few are told at a time, as being told takes
 * longer than being cut off.
 */
final class RefusedConnection implements ConnectionListener {

	private static final int MAX_TOLD = 256;

	private final IrpcConnection connection;

	private final IrpcException reason;

	private final Response refusal;

	private RefusedConnection(IrpcConnection connection, IrpcException reason, Response refusal) {
		this.connection = connection;
		this.reason = reason;
		this.refusal = refusal;
	}

	/**
	 * Refuse a connection.
	 * @param connection the connection
	 * @param reason why
	 * @param refusal what the peer is told
	 * @param told how many peers are being told
	 * @return what listens to the connection
	 */
	static RefusedConnection of(IrpcConnection connection, IrpcException reason, Response refusal, AtomicInteger told) {
		if (told.incrementAndGet() > MAX_TOLD) {
			connection.cut(reason.getMessage());
		}
		connection.onClosed(told::decrementAndGet);
		return new RefusedConnection(connection, reason, refusal);
	}

	@Override
	public void opened() {
		this.connection.send(this.refusal);
		this.connection.close(this.reason.getMessage());
	}

	@Override
	public void received(IrpcMessage message) {
	}

	@Override
	public void malformed(ProtocolException ex) {
	}

	@Override
	public void idle() {
	}

	@Override
	public void writabilityChanged(boolean writable) {
	}

	@Override
	public void exceeded(Limit limit, String reason) {
	}

	@Override
	public void memoryChanged(long change) {
	}

	@Override
	public void inputClosed() {
	}

	@Override
	public void closed(String reason) {
	}

}
