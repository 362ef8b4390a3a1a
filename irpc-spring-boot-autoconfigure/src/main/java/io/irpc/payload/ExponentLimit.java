package io.irpc.payload;

/**
 * Refuses numbers with an exponent of more than three digits, which Jackson's limit on
 * the length of a number does not cover (protocol §8): {@code 1e1000000000} is short, but
 * the number behind it fills the memory as soon as somebody calculates with it.
 */
final class ExponentLimit {

	private static final int MAX_DIGITS = 3;

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
			else if ((b == 'e' || b == 'E') && exponentDigits(array, i + 1, end) > MAX_DIGITS) {
				throw new PayloadException("number with an exponent of more than " + MAX_DIGITS + " digits", true,
						null);
			}
		}
	}

	private static int exponentDigits(byte[] array, int start, int end) {
		int first = start;
		if (first < end && (array[first] == '-' || array[first] == '+')) {
			first++;
		}
		int i = first;
		while (i < end && array[i] >= '0' && array[i] <= '9') {
			i++;
		}
		return i - first;
	}

}
