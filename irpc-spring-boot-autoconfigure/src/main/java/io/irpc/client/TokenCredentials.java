package io.irpc.client;

/**
 * A token that stands for a user.
 *
 * @param token the token
 * @param description what it is, for people
 */
record TokenCredentials(String token, String description) implements Credentials {

	@Override
	public String toString() {
		return this.description;
	}

}
