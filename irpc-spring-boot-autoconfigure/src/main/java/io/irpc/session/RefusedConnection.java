package io.irpc.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.Limit;
import io.irpc.protocol.ProtocolException;
import io.irpc.protocol.Response;
import io.irpc.transport.ConnectionListener;
import io.irpc.transport.IrpcConnection;

/**
 * Tells a peer that it gets no session, and when to come again if the first thing that it
 * says shows that it can be told (protocol §6). Few are told at a time, as being told
 * takes longer than being cut off.
 */
final class RefusedConnection implements ConnectionListener {

	private static final int MAX_TOLD = 256;

	/**
	 * How long a peer that says nothing waits for the refusal.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	/**
	 * Enough to say who it is: what these peers hold counts for no session.
	 */
	private static final int MAX_LINE_LENGTH = 4096;

	private final IrpcConnection connection;

	private final IrpcException reason;

	private final CommandDispatcher dispatcher;

	private boolean asked;

	private RefusedConnection(IrpcConnection connection, IrpcException reason, CommandDispatcher dispatcher) {
		this.connection = connection;
		this.reason = reason;
		this.dispatcher = dispatcher;
	}

	/**
	 * Refuse a connection.
	 * @param connection the connection
	 * @param reason why
	 * @param dispatcher makes what the peer is told
	 * @param told how many peers are being told
	 * @return what listens to the connection
	 */
	static RefusedConnection of(IrpcConnection connection, IrpcException reason, CommandDispatcher dispatcher,
			AtomicInteger told) {
		if (told.incrementAndGet() > MAX_TOLD) {
			connection.cut(reason.getMessage());
		}
		// now, as the first line may come together with the opening
		connection.setMaxMessageLength(MAX_LINE_LENGTH);
		connection.onClosed(told::decrementAndGet);
		return new RefusedConnection(connection, reason, dispatcher);
	}

	@Override
	public void opened() {
		this.connection.schedule(this::tell, PATIENCE);
	}

	@Override
	public void received(IrpcMessage message) {
		if (!this.asked && message instanceof Command command) {
			this.asked = true;
			this.dispatcher.refuse(this.reason, command, this::tell);
		}
	}

	@Override
	public void inputClosed() {
		if (!this.asked) {
			tell();
		}
	}

	private void tell() {
		tell(this.dispatcher.refusal(this.reason));
	}

	private void tell(Response refusal) {
		this.connection.send(refusal);
		this.connection.close(this.reason.getMessage());
	}

	@Override
	public void malformed(ProtocolException ex) {
		if (!this.asked) {
			tell();
		}
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
	public void bytesReceived(int bytes) {
	}

	@Override
	public void messagesWritten(int messages, int bytes) {
	}

	@Override
	public void closed(String reason) {
	}

}
