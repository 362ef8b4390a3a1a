package io.irpc.security.pairing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.irpc.transport.PrivateFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file with the clients that are paired.
 */
final class PairedClientsFile {

	private static final String NAME = "paired-clients.json";

	private static final JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final PrivateFile file;

	/**
	 * Create a file that need not exist yet.
	 * @param directory the directory that it is in
	 */
	PairedClientsFile(Path directory) {
		this.file = new PrivateFile(directory.resolve(NAME));
	}

	Path path() {
		return this.file.path();
	}

	List<Entry> read() throws IOException {
		return parse(this.file.read());
	}

	/**
	 * Change the clients, with nobody else doing so at the same time.
	 * @param change makes the new clients of the present ones
	 * @return the new ones
	 */
	List<Entry> update(UnaryOperator<List<Entry>> change) throws IOException {
		this.file.update((text) -> mapper.writeValueAsString(new Content(change.apply(parse(text)))));
		return read();
	}

	private static List<Entry> parse(@Nullable String text) throws IOException {
		try {
			return (text != null) ? List.copyOf(mapper.readValue(text, Content.class).clients()) : List.of();
		}
		catch (JacksonException | NullPointerException ex) {
			throw new IOException("it is damaged", ex);
		}
	}

	/**
	 * What is in the file.
	 *
	 * @param clients the clients
	 */
	record Content(List<Entry> clients) {

	}

	/**
	 * A client with the hash of its token.
	 *
	 * @param client the client
	 * @param token the SHA-256 of its token
	 */
	record Entry(PairedClient client, String token) {

		Entry {
			Objects.requireNonNull(client.id());
			Objects.requireNonNull(client.name());
			Objects.requireNonNull(client.paired());
			Objects.requireNonNull(token);
		}

		Entry usedAt(Instant time) {
			return new Entry(new PairedClient(this.client.id(), this.client.name(), this.client.paired(), time),
					this.token);
		}

	}

}
