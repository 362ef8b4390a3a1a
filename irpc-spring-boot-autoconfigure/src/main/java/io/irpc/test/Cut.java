package io.irpc.test;

/**
 * Where a connection is to be cut.
 *
 * @param sender whose bytes are counted
 * @param after how many of them still pass
 * @param ending how the connection ends for both sides
 */
record Cut(Side sender, long after, Ending ending) {

	Cut {
		if (after < 0) {
			throw new IllegalArgumentException("Cut after " + after + " bytes (expected: >= 0)");
		}
	}

	@Override
	public String toString() {
		return this.ending + " after " + this.after + " bytes of the " + this.sender;
	}

}
