package io.irpc.session;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code request}: lets more elements of a stream come (protocol §7). A
 * stream that has ended is none of its business, as ends and requests cross.
 *
 * @since 0.1.0
 */
public final class RequestHandler implements CommandHandler {

	@Override
	public String command() {
		return "request";
	}

	@Override
	public @Nullable Object handle(Invocation invocation) {
		Command command = invocation.command();
		String n = command.internal("n");
		if (n == null) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "Command request needs n:NUMBER");
		}
		int number = Directives.positive("n", n);
		StreamResponse stream = invocation.session().inbox().stream(CancelHandler.id(command));
		if (stream != null) {
			stream.request(number);
		}
		return null;
	}

	@Override
	public Place runsOn(Command command) {
		return Place.ALWAYS_ADMITTED;
	}

}
