package io.irpc.session;

import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a peer says before it closes a session: an error that answers no command
 * (protocol §2). Confined to an event loop.
 */
final class LastWords {

	private static final int MAX_LENGTH = 4096;

	private final PayloadConverter converter;

	private @Nullable Payload error;

	LastWords(PayloadConverter converter) {
		this.converter = converter;
	}

	/**
	 * Take note of a response that answers nothing.
	 * @param response the response
	 */
	void received(Response response) {
		if (response.type() == Response.Type.EXCEPTION && response.id().isEmpty()
				&& response.value().length() <= MAX_LENGTH) {
			this.error = response.value();
		}
	}

	/**
	 * Add what the peer has said to the reason of the end.
	 * @param reason the reason
	 * @return both, safe for a log
	 */
	String appendTo(String reason) {
		String text = (this.error != null) ? text(this.error) : null;
		return (text != null) ? reason + ", which said: " + LogSafe.text(text) : reason;
	}

	private @Nullable String text(Payload payload) {
		try {
			Object value = this.converter.read(payload, Object.class);
			Object text = (value instanceof Map<?, ?> members) ? members.get("message") : value;
			return (text instanceof String string) ? string : null;
		}
		catch (PayloadException ex) {
			return null;
		}
	}

}
