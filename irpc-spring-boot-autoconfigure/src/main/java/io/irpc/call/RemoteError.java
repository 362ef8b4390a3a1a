package io.irpc.call;

import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The value of an {@code Exception} response: a text of a base peer, or an object
 * (protocol §3 and §6).
 *
 * @param code why the command failed
 * @param message the text for people
 * @param details a JSON value as maps, lists and simple values, {@code null} for none
 * @param reference under which the peer has logged the failure, {@code null} for none
 */
record RemoteError(ErrorCode code, String message, @Nullable Object details, @Nullable String reference) {

	private static final Map<String, ErrorCode> BASE_TEXTS = Map.of(" is not a registered function!",
			ErrorCode.UNKNOWN_FUNCTION, " is not a registered event!", ErrorCode.UNKNOWN_EVENT, " not registered.",
			ErrorCode.UNKNOWN_COMMAND, "Error parsing arg value: ", ErrorCode.INVALID_ARGUMENT,
			"The current user cannot execute this call!", ErrorCode.PERMISSION_DENIED);

	static RemoteError of(Payload payload, PayloadConverter converter) {
		try {
			if (payload.isObject()) {
				Wire wire = converter.read(payload, Wire.class);
				if (wire != null) {
					return new RemoteError(ErrorCode.ofWireName(String.valueOf(wire.code())).orElse(ErrorCode.INTERNAL),
							String.valueOf(wire.message()), wire.details(), wire.reference());
				}
			}
			String text = String.valueOf(converter.<Object>read(payload, Object.class));
			return new RemoteError(codeOf(text), text, null, null);
		}
		catch (PayloadException ex) {
			return new RemoteError(ErrorCode.INTERNAL, "The peer has sent an error that cannot be read", null, null);
		}
	}

	private static ErrorCode codeOf(String text) {
		return BASE_TEXTS.entrySet()
			.stream()
			.filter((entry) -> text.contains(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(ErrorCode.INTERNAL);
	}

	/**
	 * The object on the wire.
	 *
	 * @param code the code
	 * @param message the text
	 * @param details the details
	 * @param reference the reference
	 */
	record Wire(@Nullable String code, @Nullable String message, @Nullable Object details, @Nullable String reference) {

	}

}
