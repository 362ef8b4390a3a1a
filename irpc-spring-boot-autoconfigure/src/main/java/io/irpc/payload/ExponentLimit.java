package io.irpc.payload;

/**
 * Refuses numbers with an exponent out of bounds, which Jackson's limit on the length of
 * a number does not cover (protocol §8): {@code 1e1000000000} is short, but the number
 * behind it fills the memory as soon as somebody calculates with it.
 */
final class ExponentLimit {

	private static final int MAX_DIGITS = 3;

	/**
	 * That of the greatest {@code double}: above it, a number would become infinite.
	 */
	private static final int MAX_EXPONENT = 308;

	private ExponentLimit() {
	}

	static void check(Payload payload) {
		byte[] array = payload.array();
		int end = payload.offset() + payload.length();
		boolean inString = false;
		for (int i = payload.offset(); i < end; i++) {
			byte b = array[i];
			if (b == '"') {
				inString = !inString;
			}
			else if (inString) {
				i += (b == '\\') ? 1 : 0;
			}
			else if ((b == 'e' || b == 'E') && !isAllowed(array, i + 1, end)) {
				throw new PayloadException(
						"number with an exponent above " + MAX_EXPONENT + " or of more than " + MAX_DIGITS + " digits",
						true, null);
			}
		}
	}

	private static boolean isAllowed(byte[] array, int start, int end) {
		boolean negative = start < end && array[start] == '-';
		int first = (negative || (start < end && array[start] == '+')) ? start + 1 : start;
		int exponent = 0;
		int i = first;
		while (i < end && i <= first + MAX_DIGITS && array[i] >= '0' && array[i] <= '9') {
			exponent = 10 * exponent + array[i] - '0';
			i++;
		}
		return i - first <= MAX_DIGITS && (negative || exponent <= MAX_EXPONENT);
	}

}
