package io.irpc.sample.daemon.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.sample.daemon.support.JsonFiles;

import org.springframework.stereotype.Component;

/**
 * Keeps one JSON file per result. A file is settled as soon as its result is here.
 */
@Component
public final class ResultStore {

	private static final String ENDING = ".json";

	private final Path directory;

	private final JsonFiles jsonFiles;

	/**
	 * Create a store.
	 * @param directory where the results are
	 * @param jsonFiles reads and writes them
	 */
	public ResultStore(DataDirectory directory, JsonFiles jsonFiles) {
		this.directory = directory.results();
		this.jsonFiles = jsonFiles;
	}

	/**
	 * Find the result of a file.
	 * @param id the upload
	 * @return the result, or empty if the file is not settled
	 * @throws IOException if the result cannot be read
	 */
	public Optional<FileResult> find(String id) throws IOException {
		Path file = this.directory.resolve(id + ENDING);
		return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
	}

	/**
	 * Settle a file.
	 * @param result its result, which is on the disk when this method returns
	 * @throws IOException if it cannot be written: the file is then not settled
	 */
	public void write(FileResult result) throws IOException {
		this.jsonFiles.write(this.directory.resolve(result.file().id() + ENDING), result);
	}

	/**
	 * Return the files of all results.
	 * @return files, newest first
	 * @throws IOException if the directory cannot be read
	 */
	List<Path> newestFirst() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(ENDING)).sorted(Comparator.reverseOrder()).toList();
		}
	}

	FileResult read(Path file) throws IOException {
		return this.jsonFiles.read(file, FileResult.class);
	}

}
