package io.irpc.session;

import java.util.List;
import java.util.Map;

import io.irpc.protocol.Command;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code ping} (protocol §6).
 *
 * @since 0.1.0
 */
public final class PingHandler implements CommandHandler {

	static final Command PING = new Command("ping", null, Map.of(), List.of());

	@Override
	public String command() {
		return "ping";
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
