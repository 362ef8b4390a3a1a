package io.irpc.test;

import java.util.LinkedHashMap;
import java.util.Map;

import io.irpc.client.Credentials;

/**
 * Whom a {@link IrpcTestClient} logs in as.
 *
 * @param credentials the credentials, for a client
 * @param arguments the arguments of {@code login} by name, for whoever types lines
 */
record TestLogin(Credentials credentials, Map<String, String> arguments) {

	static TestLogin ofPassword(String username, String password) {
		Map<String, String> arguments = new LinkedHashMap<>();
		arguments.put("username", username);
		arguments.put("password", password);
		return new TestLogin(Credentials.ofPassword(username, password), arguments);
	}

	static TestLogin ofToken(String token) {
		return new TestLogin(Credentials.ofToken(token), Map.of("token", token));
	}

	@Override
	public String toString() {
		return this.credentials.toString();
	}

}
