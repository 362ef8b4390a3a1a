package io.irpc.event.scanned;

import io.irpc.annotation.IrpcEvent;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

/**
 * An application with events of different shapes.
 */
@AutoConfigurationPackage
public class ScannedApplication {

	@IrpcEvent(value = "scanned.record", description = "A record was scanned.")
	public record OfRecord(String first, int second) {

	}

	@IrpcEvent("scanned.empty")
	public record Empty() {

	}

	@IrpcEvent("scanned.interface")
	public interface OfInterface {

		String getName();

	}

	public record NotAnEvent(String first) {

	}

}
