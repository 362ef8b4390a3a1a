package io.irpc.journal;

import java.io.Serial;

/**
 * Entries behind the position asked for are not retained any more.
 *
 * @since 0.1.0
 */
public final class PositionExpiredException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Position oldest;

	/**
	 * Create an exception.
	 * @param asked the position asked for
	 * @param oldest the position from which on nothing is missing
	 */
	public PositionExpiredException(Position asked, Position oldest) {
		super("Position " + asked.value() + " is not retained (expected: >= " + oldest.value() + ")");
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
