package io.irpc.security.pairing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.security.pairing.PairedClientsFile.Entry;
import io.irpc.service.IrpcConfigurationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The clients that are paired with this server. Only hashes of their tokens are kept, in
 * a file that its owner alone may read. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PairedClients {

	/**
	 * How many clients may be paired.
	 */
	public static final int MAX_CLIENTS = 1000;

	/**
	 * What all tokens of paired clients begin with.
	 */
	static final String TOKEN_PREFIX = "irpc-";

	private static final Log logger = LogFactory.getLog(PairedClients.class);

	private static final Duration USE_PRECISION = Duration.ofHours(1);

	private static final int TOKEN_BYTES = 32;

	private static final int ID_BYTES = 4;

	private final SecureRandom random = new SecureRandom();

	private final PairedClientsFile file;

	private final InstantSource clock;

	private volatile List<Entry> entries;

	/**
	 * Read the clients that were paired before.
	 * @param directory where they are kept, made when the first one is paired
	 * @param clock tells the time
	 * @throws IrpcConfigurationException if they cannot be read
	 */
	public PairedClients(Path directory, InstantSource clock) {
		this.file = new PairedClientsFile(directory);
		this.clock = clock;
		try {
			this.entries = this.file.read();
		}
		catch (IOException ex) {
			throw new IrpcConfigurationException(
					"The paired clients in " + this.file.path() + " cannot be used: " + ex.getMessage(),
					"Restore the file and its permissions (chmod 600), or delete it: all clients then have to be"
							+ " paired again.",
					ex);
		}
	}

	/**
	 * Return the clients that are paired.
	 * @return the clients, in the order in which they were paired
	 */
	public List<PairedClient> list() {
		return this.entries.stream().map(Entry::client).toList();
	}

	/**
	 * Revoke the credentials of a client. Its sessions end within
	 * {@code irpc.server.login.recheck-interval}. Writes a file, so not to be called on
	 * an event loop.
	 * @param id the id of the client
	 * @return whether there was such a client
	 * @throws IrpcException if that cannot be kept, so that the client is still paired
	 */
	public boolean revoke(String id) {
		boolean known = isPaired(id);
		update((current) -> current.stream().filter((entry) -> !entry.client().id().equals(id)).toList());
		return known;
	}

	boolean isPaired(String id) {
		return this.entries.stream().anyMatch((entry) -> entry.client().id().equals(id));
	}

	/**
	 * Pair a client.
	 * @param wantedName what it calls itself
	 * @return its credentials
	 * @throws IrpcException if there are too many, or they cannot be kept
	 */
	PairedCredential pair(String wantedName) {
		byte[] bytes = new byte[TOKEN_BYTES];
		this.random.nextBytes(bytes);
		String token = TOKEN_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		byte[] id = new byte[ID_BYTES];
		this.random.nextBytes(id);
		String digest = Digest.of(token);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		update((current) -> {
			if (current.size() >= MAX_CLIENTS) {
				throw new IrpcException(ErrorCode.RESOURCE_EXHAUSTED,
						"Too many clients are paired (expected: < " + MAX_CLIENTS + "): revoke some of them");
			}
			List<Entry> changed = new ArrayList<>(current);
			String name = ClientNames.unique(wantedName,
					current.stream().map((entry) -> entry.client().name()).toList());
			changed.add(new Entry(new PairedClient(HexFormat.of().formatHex(id), name, now, null), digest));
			return changed;
		});
		PairedClient client = find(digest).orElseThrow();
		logger.info("Paired the client '" + client.name() + "' (" + client.id() + ")");
		return new PairedCredential(client.name(), token);
	}

	/**
	 * Find the client of a token.
	 * @param token the token
	 * @return the client, empty if none is paired with it
	 */
	Optional<PairedClient> authenticate(String token) {
		String digest = Digest.of(token);
		Optional<PairedClient> found = find(digest);
		found.ifPresent((client) -> used(client, digest));
		return found;
	}

	private Optional<PairedClient> find(String digest) {
		return this.entries.stream()
			.filter((entry) -> Digest.matches(entry.token(), digest))
			.map(Entry::client)
			.findFirst();
	}

	private void used(PairedClient client, String digest) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.HOURS);
		Instant last = client.lastUsed();
		if (last != null && now.isBefore(last.plus(USE_PRECISION))) {
			return;
		}
		try {
			update((current) -> current.stream()
				.map((entry) -> entry.token().equals(digest) ? entry.usedAt(now) : entry)
				.toList());
		}
		catch (IrpcException ex) {
			logger.debug("The use of the client '" + client.name() + "' is not kept");
		}
	}

	private synchronized void update(UnaryOperator<List<Entry>> change) {
		try {
			this.entries = this.file.update(change);
		}
		catch (IOException ex) {
			logger.error("The paired clients cannot be kept in " + this.file.path(), ex);
			throw new IrpcException(ErrorCode.UNAVAILABLE, "Paired clients cannot be kept now", ex);
		}
	}

}
