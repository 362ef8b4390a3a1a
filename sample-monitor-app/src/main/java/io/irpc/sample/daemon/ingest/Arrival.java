package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.irpc.sample.daemon.support.DataDirectory;

/**
 * A file that has arrived and is not settled.
 *
 * @param path where the file is
 * @param id unique name of the upload, in the order of arrival
 * @param name name of the file as it was uploaded
 */
record Arrival(Path path, String id, String name) {

	private static final Pattern FILE_NAME = Pattern.compile("(?<id>\\d{8}T\\d{12})-(?<name>.+)");

	/**
	 * Keeps the file name with the id below the 255 bytes that file systems allow.
	 */
	private static final Pattern NAME_HEAD = Pattern.compile("(?s)^(.{50}).+");

	/**
	 * Name a file that is about to arrive.
	 */
	static Arrival of(DataDirectory directory, String id, String uploadedName) {
		// no part of a name may steer the terminal of a reader
		String printable = uploadedName.replaceAll("\\p{C}", "_");
		String name = NAME_HEAD.matcher(printable).replaceFirst("$1");
		return new Arrival(directory.processing().resolve(id + "-" + name), id, name);
	}

	/**
	 * List what has arrived, oldest first.
	 */
	static List<Arrival> list(DataDirectory directory) throws IOException {
		try (Stream<Path> files = Files.list(directory.processing())) {
			return files.sorted().flatMap(Arrival::parse).toList();
		}
	}

	private static Stream<Arrival> parse(Path path) {
		Matcher matcher = FILE_NAME.matcher(path.getFileName().toString());
		return matcher.matches() ? Stream.of(new Arrival(path, matcher.group("id"), matcher.group("name")))
				: Stream.empty();
	}

}
