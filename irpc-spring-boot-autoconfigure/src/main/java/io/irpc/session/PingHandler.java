package io.irpc.session;

import java.util.List;
import java.util.Map;

import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcMessage;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code ping} (protocol §6).
 *
 * @since 0.1.0
 */
public final class PingHandler implements CommandHandler {

	static final Command PING = new Command("ping", null, Map.of(), List.of());

	static boolean isPing(IrpcMessage message) {
		return message instanceof Command command && command.name().equals(PING.name());
	}

	@Override
	public String command() {
		return PING.name();
	}

	@Override
	public @Nullable Object handle(Invocation invocation) {
		return null;
	}

	@Override
	public Place runsOn(Command command) {
		return Place.ALWAYS_ADMITTED;
	}

}
