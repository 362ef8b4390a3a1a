package io.irpc.client;

import java.util.function.Consumer;

/**
 * A code that the server gives a token for, once.
 *
 * @param code the code
 * @param keeper keeps the token; may block
 */
record PairingCode(String code, Consumer<String> keeper) implements Credentials {

	@Override
	public boolean equals(Object other) {
		return other instanceof PairingCode that && this.code.equals(that.code);
	}

	@Override
	public int hashCode() {
		return this.code.hashCode();
	}

	@Override
	public String toString() {
		return "the pairing code in the address (a new line of the server's has another one)";
	}

}
