package io.irpc.docs.services;

import java.io.Serial;

/**
 * An exception of the application.
 */
class StationLockedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String station;

	StationLockedException(String station) {
		super("row 17 of table station is locked");
		this.station = station;
	}

	String station() {
		return this.station;
	}

}
