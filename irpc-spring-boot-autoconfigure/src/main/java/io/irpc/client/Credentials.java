package io.irpc.client;

/**
 * What a client logs in with (protocol §3). Its text shows no secret, equal credentials
 * are tried once.
 *
 * @since 0.1.0
 */
public sealed interface Credentials permits PasswordCredentials, TokenCredentials, PairingCode {

	/**
	 * Make credentials of a user name and a password.
	 * @param username the name of the user
	 * @param password the password
	 * @return the credentials
	 */
	static Credentials ofPassword(String username, String password) {
		return new PasswordCredentials(username, password);
	}

	/**
	 * Make credentials of a token.
	 * @param token the token
	 * @return the credentials
	 */
	static Credentials ofToken(String token) {
		return new TokenCredentials(token, "the token");
	}

}
