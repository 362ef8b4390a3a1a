package io.irpc.client;

/**
 * A user name and a password.
 *
 * @param username the name of the user
 * @param password the password
 */
record PasswordCredentials(String username, String password) implements Credentials {

	@Override
	public String toString() {
		return "the password of user '" + this.username + "'";
	}

}
