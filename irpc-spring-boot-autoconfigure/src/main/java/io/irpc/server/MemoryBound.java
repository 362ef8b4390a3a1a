package io.irpc.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much memory the server takes at the most, heap and direct memory together, by what
 * takes it (protocol §8). It is computed of the configuration: what the functions of the
 * application themselves take is not in it.
 *
 * @param parts the bytes by a word for what takes them, in the order to show them in
 * @since 0.1.0
 */
public record MemoryBound(Map<String, Long> parts) {

	private static final int MEBIBYTE = 1024 * 1024;

	/**
	 * Create a bound.
	 */
	public MemoryBound {
		parts = new LinkedHashMap<>(parts);
	}

	/**
	 * Return the sum.
	 * @return the number of bytes
	 */
	public long total() {
		return this.parts.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Describes the bound for a log.
	 */
	@Override
	public String toString() {
		return this.parts.entrySet()
			.stream()
			.map((part) -> part.getKey() + " " + mebibytes(part.getValue()))
			.collect(Collectors.joining(", ", mebibytes(total()) + " (", ")"));
	}

	private static String mebibytes(long bytes) {
		return (bytes + MEBIBYTE - 1) / MEBIBYTE + " MiB";
	}

}
