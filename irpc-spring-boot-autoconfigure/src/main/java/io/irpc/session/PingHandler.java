package io.irpc.session;

import java.util.List;
import java.util.Map;

import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code ping} (protocol §6).
 *
 * @since 0.1.0
 */
public final class PingHandler implements CommandHandler {

	static final Command PING = new Command("ping", null, Map.of(), List.of());

	/**
	 * Any answer to a ping will do: a base peer does not know the command and proves with
	 * its error that it lives.
	 */
	static final PendingCommands.ResponseListener SIGN_OF_LIFE = new PendingCommands.ResponseListener() {

		@Override
		public boolean received(Response response) {
			return true;
		}

		@Override
		public void closed(String reason) {
		}

	};

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
