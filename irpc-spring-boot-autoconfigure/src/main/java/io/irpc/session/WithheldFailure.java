package io.irpc.session;

import java.io.Serial;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Stands in a log for a failure whose messages may show a sensitive value: the types and
 * the stack traces of the failure and its causes, without their messages.
 */
final class WithheldFailure extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private WithheldFailure(Throwable failure, Set<Throwable> seen) {
		super(failure.getClass().getName() + " (message withheld: it may show a sensitive value)",
				of(failure.getCause(), seen));
		setStackTrace(failure.getStackTrace());
		for (Throwable suppressed : failure.getSuppressed()) {
			Throwable withheld = of(suppressed, seen);
			if (withheld != null) {
				addSuppressed(withheld);
			}
		}
	}

	static WithheldFailure of(Throwable failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		seen.add(failure);
		return new WithheldFailure(failure, seen);
	}

	private static @Nullable Throwable of(@Nullable Throwable failure, Set<Throwable> seen) {
		return (failure != null && seen.add(failure)) ? new WithheldFailure(failure, seen) : null;
	}

	@Override
	@SuppressWarnings("OverrideThrowableToString")
	public String toString() {
		return String.valueOf(getMessage());
	}

}
