package io.irpc.docs.security;

import java.util.List;

import io.irpc.annotation.IrpcService;
import io.irpc.security.pairing.PairedClient;
import io.irpc.security.pairing.PairedClients;
import io.irpc.security.pairing.PairingCodes;

import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Lets operators look after the clients that are paired.
 */
// tag::pairing[]
@IrpcService("pairing")
@PreAuthorize("hasRole('OPERATOR')")
public class PairingService {

	private final PairingCodes codes;

	private final PairedClients clients;

	PairingService(PairingCodes codes, PairedClients clients) {
		this.codes = codes;
		this.clients = clients;
	}

	public String issueCode() {
		return this.codes.issue();
	}

	public List<PairedClient> list() {
		return this.clients.list();
	}

	public boolean revoke(String id) {
		return this.clients.revoke(id);
	}

}
// end::pairing[]
