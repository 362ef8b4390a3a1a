package io.irpc.session;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code cancel}: ends another command of the sender (protocol §6). One that
 * is answered already is none of its business, as answers and cancellations cross.
 *
 * @since 0.1.0
 */
public final class CancelHandler implements CommandHandler {

	@Override
	public String command() {
		return "cancel";
	}

	@Override
	public @Nullable Object handle(Invocation invocation) {
		invocation.session().inbox().cancel(id(invocation.command()));
		return null;
	}

	@Override
	public Place runsOn(Command command) {
		return Place.ALWAYS_ADMITTED;
	}

	static String id(Command command) {
		String id = command.internal("id");
		if (id == null) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "Command " + command.name() + " needs id:ID");
		}
		return id;
	}

}
