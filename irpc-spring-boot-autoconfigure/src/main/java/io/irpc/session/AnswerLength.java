package io.irpc.session;

import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.protocol.MessageEncoder;
import io.irpc.protocol.Response;

/**
 * Keeps answers from being sent that the peer need not accept (protocol §8).
 */
final class AnswerLength {

	private AnswerLength() {
	}

	/**
	 * Check an answer.
	 * @param response the answer
	 * @param session the session that it is for
	 * @return the answer
	 * @throws LimitException if it is too long
	 */
	static Response checked(Response response, IrpcSession session) {
		check(MessageEncoder.measure(response) - 1, session);
		return response;
	}

	static void check(long length, IrpcSession session) {
		int max = session.options().maxMessageLength();
		if (length > max) {
			throw new LimitException(Limit.ANSWER_LENGTH,
					"The answer is too long: " + length + " bytes (expected: <= " + max + ")");
		}
	}

}
