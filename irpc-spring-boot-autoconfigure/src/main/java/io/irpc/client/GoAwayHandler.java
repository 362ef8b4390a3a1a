package io.irpc.client;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.irpc.protocol.Command;
import io.irpc.session.CommandHandler;
import io.irpc.session.GoAway;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code goaway}: no more commands are sent on the session (protocol §6). The
 * answer tells the server that none will come.
 */
final class GoAwayHandler implements CommandHandler {

	/**
	 * When to connect again if the server does not say.
	 */
	private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

	private static final Duration MAX_RETRY = Duration.ofMinutes(5);

	private final BiConsumer<IrpcSession, Duration> leave;

	/**
	 * Create a handler.
	 * @param leave given the session to leave and when to connect again
	 */
	GoAwayHandler(BiConsumer<IrpcSession, Duration> leave) {
		this.leave = leave;
	}

	@Override
	public String command() {
		return GoAway.COMMAND;
	}

	@Override
	public @Nullable Object handle(Invocation invocation) {
		this.leave.accept(invocation.session(), retry(invocation.command()));
		return null;
	}

	@Override
	public Place runsOn(Command command) {
		return Place.ALWAYS_ADMITTED;
	}

	private static Duration retry(Command command) {
		String retry = command.internal(GoAway.RETRY);
		try {
			Duration asked = (retry != null) ? Duration.ofMillis(Long.parseLong(retry)) : DEFAULT_RETRY;
			return (asked.isNegative() || asked.compareTo(MAX_RETRY) > 0) ? DEFAULT_RETRY : asked;
		}
		catch (NumberFormatException ex) {
			return DEFAULT_RETRY;
		}
	}

}
