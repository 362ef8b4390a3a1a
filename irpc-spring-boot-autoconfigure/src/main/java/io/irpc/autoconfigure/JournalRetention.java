package io.irpc.autoconfigure;

import io.irpc.journal.Retention;

/**
 * Makes what a journal keeps of the properties.
 */
public final class JournalRetention {

	private JournalRetention() {
	}

	public static Retention of(IrpcJournalProperties properties) {
		return new Retention(PropertyChecks.positive("irpc.journal.max-events", properties.getMaxEvents()),
				PropertyChecks.positive("irpc.journal.max-size", properties.getMaxSize()),
				PropertyChecks.positive("irpc.journal.max-age", properties.getMaxAge()));
	}

}
