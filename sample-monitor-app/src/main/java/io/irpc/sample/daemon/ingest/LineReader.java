package io.irpc.sample.daemon.ingest;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.irpc.sample.daemon.statistics.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a UTF-8 file one by one in bounded memory, without a byte order mark
 * and without line ends ({@code \n} or {@code \r\n}). What is not UTF-8 is a
 * {@link java.nio.charset.CharacterCodingException}.
 */
final class LineReader implements Closeable {

	/**
	 * As much of a line, with a carriage return, as shows that it is too long.
	 */
	private static final int KEPT_LENGTH = Measurement.MAX_LENGTH + 2;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final BufferedReader reader;

	private int lineNumber;

	LineReader(Path file) throws IOException {
		this.reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
		this.reader.mark(1);
		if (this.reader.read() != BYTE_ORDER_MARK) {
			this.reader.reset();
		}
	}

	@Nullable String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		int next = this.reader.read();
		if (next == -1) {
			return null;
		}
		this.lineNumber++;
		while (next != '\n' && next != -1) {
			if (line.length() < KEPT_LENGTH) {
				line.append((char) next);
			}
			next = this.reader.read();
		}
		int last = line.length() - 1;
		if (last >= 0 && line.charAt(last) == '\r') {
			line.setLength(last);
		}
		return line.toString();
	}

	int lineNumber() {
		return this.lineNumber;
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

}
