package io.irpc.docs.services;

import java.util.List;

import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;

import org.springframework.stereotype.Component;

/**
 * Shows values that not everybody may see.
 */
@Component
@IrpcService("credentials")
public class CredentialService {

	// tag::sensitive[]
	public void change(String station, @IrpcSensitive String password) {
	}

	public void add(Credential credential) {
	}

	// end::sensitive[]
	// tag::hidden[]
	public List<Station> stations() {
		return List.of(new Station("north", "+1 555 0100"));
	}

	// end::hidden[]
	// tag::sensitive[]
	public record Credential(String station, @IrpcSensitive String password) {
	}

	// end::sensitive[]
	// tag::hidden[]
	public record Station(String name, @IrpcSensitive(authority = "STAFF") String phone) {
	}
	// end::hidden[]

}
