package io.irpc.call;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Grammar;
import io.irpc.protocol.MessageEncoder;
import io.irpc.session.IrpcSession;

/**
 * Keeps commands from being sent that the peer would answer by closing the session
 * (protocol §8).
 *
 * @since 0.1.0
 */
public final class CommandLength {

	private CommandLength() {
	}

	/**
	 * Check that the peer will accept a command.
	 * @param command the command
	 * @param session the session to send it on
	 * @throws IrpcClientException if it is too long
	 */
	public static void check(Command command, IrpcSession session) {
		int length = MessageEncoder.measure(command) + Grammar.MAX_ID_LENGTH;
		int max = session.maxCommandLength();
		if (length > max) {
			throw new IrpcClientException(ErrorCode.RESOURCE_EXHAUSTED,
					"The command is too long: " + length + " bytes (the server accepts <= " + max + ")", null);
		}
	}

}
