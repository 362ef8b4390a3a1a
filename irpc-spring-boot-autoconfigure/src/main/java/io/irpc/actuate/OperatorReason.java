package io.irpc.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Why an operator does something, in words that may be logged and told to others.
 *
 * @param text the words
 */
record OperatorReason(String text) {

	private static final int MAX_LENGTH = 200;

	static OperatorReason of(@Nullable String text) {
		if (text == null || text.isBlank()) {
			throw invalid("nothing");
		}
		if (text.length() > MAX_LENGTH) {
			throw invalid(text.length() + " characters");
		}
		if (text.codePoints().anyMatch(Character::isISOControl)) {
			throw invalid("control characters");
		}
		return new OperatorReason(text.strip());
	}

	private static InvalidEndpointRequestException invalid(String received) {
		return IrpcEndpoint
			.invalid("reason: " + received + " (expected: one line of 1 to " + MAX_LENGTH + " characters)");
	}

	@Override
	public String toString() {
		return this.text;
	}

}
