package io.irpc.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The file in which clients note what they handle, and their tormentor what it does to
 * them. Each line is written at once, so that it is there when a client is killed right
 * behind it.
 */
final class HandlingLog implements AutoCloseable {

	private final FileChannel channel;

	HandlingLog(Path file) {
		try {
			this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read all lines.
	 * @param file the file
	 * @return what was noted, in order
	 */
	static List<Line> read(Path file) {
		try {
			return Files.readAllLines(file).stream().map(Line::parse).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	synchronized void append(Line line) {
		ByteBuffer bytes = ByteBuffer.wrap((line.format() + "\n").getBytes(StandardCharsets.UTF_8));
		try {
			while (bytes.hasRemaining()) {
				this.channel.write(bytes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Something noted.
	 *
	 * @param kind what
	 * @param cursor the cursor, 0 if there is none
	 * @param event the event handled, one of zeros if there is none
	 */
	record Line(Kind kind, long cursor, NumberedEvent event) {

		private static final NumberedEvent NO_EVENT = new NumberedEvent(0, 0);

		static Line of(Kind kind, long cursor) {
			return new Line(kind, cursor, NO_EVENT);
		}

		private static Line parse(String text) {
			String[] fields = text.split(" ");
			return new Line(Kind.valueOf(fields[0]), Long.parseLong(fields[1]),
					new NumberedEvent(Integer.parseInt(fields[2]), Long.parseLong(fields[3])));
		}

		private String format() {
			return this.kind + " " + this.cursor + " " + this.event.writer() + " " + this.event.number();
		}

	}

	/**
	 * What is noted.
	 */
	enum Kind {

		/**
		 * A client is about to be started; the cursor is what the daemon has stored by
		 * then.
		 */
		CLIENT_STARTED,

		/**
		 * The daemon was killed.
		 */
		DAEMON_KILLED,

		/**
		 * The durable subscription is handling an event.
		 */
		DURABLE,

		/**
		 * The other subscription is handling an event.
		 */
		TRANSIENT,

		/**
		 * The durable subscription was told of a gap; the cursor is where events go on.
		 */
		DURABLE_GAP,

		/**
		 * The other subscription was told of a gap.
		 */
		TRANSIENT_GAP

	}

}
