package io.irpc.client;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;

/**
 * Takes the firings of {@code callback}; the answer of each is its acknowledgement
 * (protocol §5.2).
 */
final class CallbackHandler implements CommandHandler {

	private final ClientSubscriptions subscriptions;

	CallbackHandler(ClientSubscriptions subscriptions) {
		this.subscriptions = subscriptions;
	}

	@Override
	public String command() {
		return "callback";
	}

	@Override
	public Object handle(Invocation invocation) {
		Command command = invocation.command();
		String name = command.internal("fired");
		if (name == null) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "Command callback needs fired:NAME");
		}
		CallbackPart part = this.subscriptions.find(name, invocation.session());
		if (part == null) {
			throw new IrpcException(ErrorCode.NOT_FOUND, "No such subscription");
		}
		return part.fired(command, invocation.traceParent());
	}

	/**
	 * Firings are taken in their order, and are bounded by their windows alone: one that
	 * was refused would be missed.
	 */
	@Override
	public Place runsOn(Command command) {
		return Place.ALWAYS_ADMITTED;
	}

}
