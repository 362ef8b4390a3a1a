package io.irpc.docs.desk;

import io.irpc.docs.daemon.ErrorRecord;
import io.irpc.docs.daemon.ErrorService;

import org.springframework.stereotype.Component;

/**
 * Looks for errors.
 */
// tag::desk[]
@Component
class Desk {

	private final ErrorService errors;

	Desk(ErrorService errors) {
		this.errors = errors;
	}

	boolean isClear(String file) {
		return this.errors.list(100).stream().map(ErrorRecord::file).noneMatch(file::equals);
	}

}
// end::desk[]
