package io.irpc.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.irpc.transport.PrivateFile;
import io.irpc.transport.PublicKeyPin;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file with the tokens that servers have given clients of this user when they were
 * paired, by the pins of the servers.
 *
 * @since 0.1.0
 */
public final class CredentialsFile {

	private static final JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final PrivateFile file;

	/**
	 * Create a file that need not exist yet.
	 * @param path where it is
	 */
	public CredentialsFile(Path path) {
		this.file = new PrivateFile(path);
	}

	/**
	 * Return where the file is.
	 * @return the absolute path
	 */
	public Path path() {
		return this.file.path();
	}

	/**
	 * Return the token that a server has given.
	 * @param server the pin of the server
	 * @return the token, {@code null} for none
	 * @throws IOException if the file is damaged, cannot be read, or others than its
	 * owner may use it
	 */
	public @Nullable String token(PublicKeyPin server) throws IOException {
		return parse(this.file.read()).get(server.text());
	}

	/**
	 * Keep a token in place of an earlier one.
	 * @param server the pin of the server
	 * @param token the token
	 */
	void keep(PublicKeyPin server, String token) throws IOException {
		this.file.update((text) -> {
			Map<String, String> tokens = parse(text);
			tokens.put(server.text(), token);
			return mapper.writeValueAsString(tokens);
		});
	}

	private static Map<String, String> parse(@Nullable String text) throws IOException {
		if (text == null) {
			return new TreeMap<>();
		}
		try {
			Map<String, String> tokens = mapper.readValue(text, new TypeReference<TreeMap<String, String>>() {
			});
			if (tokens != null) {
				return tokens;
			}
		}
		catch (JacksonException ex) {
			// its message may show a token
		}
		throw new IOException("it is damaged");
	}

}
