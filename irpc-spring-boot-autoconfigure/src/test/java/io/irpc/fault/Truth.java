package io.irpc.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the daemon has committed: the events by their positions in the journal, and the
 * rows that the transactions that raised them have written beside.
 *
 * @param journal the entries of the journal, in order
 * @param rows the rows
 */
record Truth(List<Entry> journal, Set<NumberedEvent> rows) {

	private static final String ENTRY = "ENTRY ";

	private static final String ROW = "ROW ";

	static Truth read(Path file) {
		List<Entry> journal = new ArrayList<>();
		Set<NumberedEvent> rows = new HashSet<>();
		try {
			for (String line : Files.readAllLines(file)) {
				String[] fields = line.split(" ");
				NumberedEvent event = new NumberedEvent(Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
				if (line.startsWith(ENTRY)) {
					journal.add(new Entry(Long.parseLong(fields[3]), event));
				}
				else {
					rows.add(event);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Truth(journal, rows);
	}

	void write(Path file) {
		List<String> lines = new ArrayList<>();
		this.rows.forEach((row) -> lines.add(ROW + row.writer() + " " + row.number()));
		this.journal.forEach((entry) -> lines
			.add(ENTRY + entry.event().writer() + " " + entry.event().number() + " " + entry.position()));
		try {
			Files.write(file, lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An entry of the journal.
	 *
	 * @param position its position
	 * @param event the event
	 */
	record Entry(long position, NumberedEvent event) {

	}

}
