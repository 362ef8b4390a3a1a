package io.irpc.sample.daemon.support;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The directory of the daemon, locked against a second daemon.
 * <p>
 * A file moves from {@code inbox} to {@code processing}, gets a result in
 * {@code results}, and ends in {@code processed} or {@code rejected}. All of these are
 * renames, so they must be in one file system. Nothing is ever deleted here: old files
 * may be removed from {@code results}, {@code processed} and {@code rejected} at any time
 * while the daemon is stopped.
 */
@Component
public final class DataDirectory implements AutoCloseable {

	private final Path root;

	private final FileChannel lockFile;

	/**
	 * Create what is missing of the directory, then lock it.
	 * @param properties name the directory
	 */
	public DataDirectory(SampleProperties properties) {
		this.root = properties.dataDirectory().toAbsolutePath().normalize();
		try {
			for (Path directory : new Path[] { inbox(), processing(), results(), processed(), rejected() }) {
				Files.createDirectories(directory);
			}
			this.lockFile = FileChannel.open(this.root.resolve(".lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (lock() == null) {
				this.lockFile.close();
				throw new StartupException("The data directory " + this.root + " is in use by another daemon.",
						"Stop the other daemon, or give this one its own directory with the property "
								+ "'sample.data-directory'.",
						null);
			}
		}
		catch (IOException ex) {
			throw new StartupException("The data directory " + this.root + " cannot be used: " + ex,
					"Make it a writable directory, or name another one with the property 'sample.data-directory'.", ex);
		}
	}

	private @Nullable FileLock lock() throws IOException {
		try {
			return this.lockFile.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	/**
	 * Return where files arrive.
	 * @return a directory
	 */
	public Path inbox() {
		return this.root.resolve("inbox");
	}

	/**
	 * Return where files wait that have arrived and are not settled.
	 * @return a directory
	 */
	public Path processing() {
		return this.root.resolve("processing");
	}

	/**
	 * Return where the results are.
	 * @return a directory
	 */
	public Path results() {
		return this.root.resolve("results");
	}

	/**
	 * Return where processed files are kept.
	 * @return a directory
	 */
	public Path processed() {
		return this.root.resolve("processed");
	}

	/**
	 * Return where rejected files are kept.
	 * @return a directory
	 */
	public Path rejected() {
		return this.root.resolve("rejected");
	}

	/**
	 * Return the file of the settings, which need not exist.
	 * @return a file
	 */
	public Path settings() {
		return this.root.resolve("settings.json");
	}

	/**
	 * Return the file of the database, without the ending that the database gives it.
	 * @return a file
	 */
	Path database() {
		return this.root.resolve("events");
	}

	/**
	 * Return the file to try the daemon with, which need not exist.
	 * @return a file
	 */
	public Path example() {
		return this.root.resolve("example.csv");
	}

	/**
	 * Release the lock.
	 */
	@Override
	public void close() throws IOException {
		this.lockFile.close();
	}

}
