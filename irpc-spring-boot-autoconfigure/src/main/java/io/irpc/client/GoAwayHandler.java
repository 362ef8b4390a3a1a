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
		this.leave.accept(invocation.session(), RetryAdvice.of(invocation.command()));
		return null;
	}

	@Override
	public Place runsOn(Command command) {
		return Place.ALWAYS_ADMITTED;
	}

}
