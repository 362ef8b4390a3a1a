package io.irpc.journal;

import java.io.Serial;

/**
 * Entries behind the place asked for are not retained any more, or the place is not of
 * this journal.
 *
 * @since 0.1.0
 */
public final class PositionExpiredException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Position oldest;

	/**
	 * Create an exception.
	 * @param asked the position or the time asked for
	 * @param oldest the position from which on nothing is missing
	 */
	public PositionExpiredException(Object asked, Position oldest) {
		super(asked + " is not retained (expected: >= " + oldest + ")");
		this.oldest = oldest;
	}

	/**
	 * Return the position from which on nothing is missing.
	 * @return the position to read behind
	 */
	public Position oldest() {
		return this.oldest;
	}

}
