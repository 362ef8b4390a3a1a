package io.irpc.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.irpc.security.pairing.PairedClient;
import io.irpc.security.pairing.PairedClients;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Tells which clients are paired with the server, and revokes their credentials.
 *
 * @since 0.1.0
 */
public final class PairingsPart implements EndpointPart {

	static final String NAME = "pairings";

	private static final Log logger = LogFactory.getLog(PairingsPart.class);

	private final PairedClients clients;

	/**
	 * Create a part.
	 * @param clients the clients
	 */
	public PairingsPart(PairedClients clients) {
		this.clients = clients;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, Object> summary() {
		return Map.of("paired", this.clients.list().size());
	}

	@Override
	public OperationResponseBody read(Disclosure disclosure) {
		return new Pairings(this.clients.list()
			.stream()
			.map((client) -> new Pairing(client.id(), disclosure.show("pairings.name", client.name()), client.paired(),
					client.lastUsed()))
			.toList());
	}

	/**
	 * Revoke the credentials of a client. Its sessions end within
	 * {@code irpc.server.login.recheck-interval}.
	 */
	@Override
	public OperationResponseBody remove(String id, @Nullable String reason) {
		PairedClient client = this.clients.list()
			.stream()
			.filter((one) -> one.id().equals(id))
			.findFirst()
			.orElseThrow(() -> unknown(id));
		if (!this.clients.revoke(id)) {
			throw unknown(id);
		}
		logger.info("An operator has revoked the credentials of the client '" + client.name() + "' (" + id + ")"
				+ ((reason != null) ? ": " + OperatorReason.of(reason) : ""));
		return new Revoked(id);
	}

	private static UnknownIdException unknown(String id) {
		return new UnknownIdException("No client with the id " + IrpcEndpoint.quote(id) + " is paired");
	}

	/**
	 * What is told of all paired clients.
	 *
	 * @param pairings the clients
	 */
	record Pairings(List<Pairing> pairings) implements OperationResponseBody {

	}

	/**
	 * What is told of a paired client.
	 *
	 * @param id the id by which it is revoked
	 * @param name its name
	 * @param paired when it was paired
	 * @param lastUsed when it logged in the last time, to the hour; {@code null} for
	 * never
	 */
	record Pairing(String id, @Nullable String name, Instant paired, @Nullable Instant lastUsed) {

	}

	/**
	 * What is told of a client that is not paired any more.
	 *
	 * @param revoked the id that it had
	 */
	record Revoked(String revoked) implements OperationResponseBody {

	}

}
