package io.irpc.client;

/**
 * A token that stands for a user.
 *
 * @param token the token
 */
record TokenCredentials(String token) implements Credentials {

	@Override
	public String toString() {
		return "the token";
	}

}
