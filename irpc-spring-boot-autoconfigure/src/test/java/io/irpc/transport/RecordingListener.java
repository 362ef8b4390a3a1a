package io.irpc.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

import io.irpc.payload.Payload;
import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.Limit;
import io.irpc.protocol.ProtocolException;
import io.irpc.protocol.Response;

/**
 * Records what happens on a connection, and answers errors, pings and the end of the
 * input like a session.
 */
final class RecordingListener implements ConnectionListener {

	static final Command PING = new Command("ping", "p", Map.of(), List.of());

	private final IrpcConnection connection;

	private final BiConsumer<IrpcConnection, IrpcMessage> reaction;

	private final List<IrpcMessage> received = new CopyOnWriteArrayList<>();

	private final List<Limit> exceeded = new CopyOnWriteArrayList<>();

	private final AtomicLong memory = new AtomicLong();

	private final AtomicLong bytesReceived = new AtomicLong();

	private final AtomicLong messagesWritten = new AtomicLong();

	private final AtomicLong bytesWritten = new AtomicLong();

	private final List<String> events = new CopyOnWriteArrayList<>();

	RecordingListener(IrpcConnection connection, BiConsumer<IrpcConnection, IrpcMessage> reaction) {
		this.connection = connection;
		this.reaction = reaction;
	}

	List<Limit> exceeded() {
		return this.exceeded;
	}

	long memory() {
		return this.memory.get();
	}

	long bytesReceived() {
		return this.bytesReceived.get();
	}

	long messagesWritten() {
		return this.messagesWritten.get();
	}

	long bytesWritten() {
		return this.bytesWritten.get();
	}

	IrpcConnection connection() {
		return this.connection;
	}

	List<IrpcMessage> received() {
		return this.received;
	}

	List<String> events() {
		return this.events;
	}

	boolean isClosed() {
		return this.events.stream().anyMatch((event) -> event.startsWith("closed"));
	}

	@Override
	public void opened() {
		this.events.add("opened");
	}

	@Override
	public void received(IrpcMessage message) {
		this.received.add(message);
		this.reaction.accept(this.connection, message);
	}

	@Override
	public void malformed(ProtocolException ex) {
		this.events.add("malformed");
		this.connection.send(Response.exception("", Payload.ofJson('"' + ex.getMessage() + '"')));
		if (ex.consequence() == ProtocolException.Consequence.CLOSE) {
			this.connection.close("malformed");
		}
	}

	@Override
	public void idle() {
		this.events.add("idle");
		this.connection.send(PING);
	}

	@Override
	public void writabilityChanged(boolean writable) {
		this.events.add(writable ? "writable" : "not writable");
	}

	@Override
	public void exceeded(Limit limit, String reason) {
		this.exceeded.add(limit);
		this.connection.send(Response.exception("", Payload.ofJson('"' + limit.key() + '"')));
	}

	@Override
	public void memoryChanged(long change) {
		this.memory.addAndGet(change);
	}

	@Override
	public void bytesReceived(int bytes) {
		this.bytesReceived.addAndGet(bytes);
	}

	@Override
	public void messagesWritten(int messages, int bytes) {
		this.messagesWritten.addAndGet(messages);
		this.bytesWritten.addAndGet(bytes);
	}

	@Override
	public void inputClosed() {
		this.events.add("input closed");
		this.connection.send(Response.value("end", Payload.NULL));
		this.connection.close("the input has ended");
	}

	@Override
	public void closed(String reason) {
		this.events.add("closed: " + reason);
	}

}
