package io.irpc.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a text in a file that only its owner may read, as far as the file system has
 * permissions. The file is replaced as a whole, so that nobody ever sees a part of it.
 * Safe for use by many threads and processes.
 *
 * @since 0.1.0
 */
public final class PrivateFile {

	private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private static final Object MONITOR = new Object();

	private final Path directory;

	private final Path path;

	/**
	 * Create a file that need not exist yet.
	 * @param path where it is; the directory is made when something is written
	 */
	public PrivateFile(Path path) {
		this.path = path.toAbsolutePath();
		Path parent = this.path.getParent();
		this.directory = (parent != null) ? parent : this.path;
	}

	/**
	 * Return where the file is.
	 * @return the absolute path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Read the file.
	 * @return the text, {@code null} if there is no file
	 * @throws UnsafeFileException if others than its owner may use it
	 * @throws IOException if it cannot be read
	 */
	public @Nullable String read() throws IOException {
		if (!Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)) {
			return null;
		}
		if (hasPermissions()) {
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(this.path);
			if (!OWNER.containsAll(permissions)) {
				throw new UnsafeFileException(PosixFilePermissions.toString(permissions));
			}
		}
		return Files.readString(this.path, StandardCharsets.UTF_8);
	}

	/**
	 * Replace the text, with nobody else doing so at the same time.
	 * @param change makes the new text of the present one; if both are equal, nothing is
	 * written
	 * @throws UnsafeFileException if others than its owner may use the file
	 * @throws IOException if it cannot be read or written, or the change fails
	 */
	public void update(Change change) throws IOException {
		Files.createDirectories(this.directory, attributes(OWNER_DIRECTORY));
		// a lock of a file is one between processes only
		synchronized (MONITOR) {
			try (FileChannel channel = open(sibling(".lock"), StandardOpenOption.CREATE);
					FileLock lock = channel.lock()) {
				if (lock.isValid()) {
					String current = read();
					String changed = change.apply(current);
					if (!changed.equals(current)) {
						write(changed);
					}
				}
			}
		}
	}

	private void write(String text) throws IOException {
		Path temporary = sibling(".new");
		Files.deleteIfExists(temporary);
		try (FileChannel channel = open(temporary, StandardOpenOption.CREATE_NEW)) {
			ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
			while (content.hasRemaining()) {
				channel.write(content);
			}
			channel.force(true);
		}
		Files.move(temporary, this.path, StandardCopyOption.ATOMIC_MOVE);
	}

	private Path sibling(String suffix) {
		return this.path.resolveSibling(this.path.getFileName() + suffix);
	}

	private FileChannel open(Path file, StandardOpenOption creation) throws IOException {
		return FileChannel.open(file, Set.of(creation, StandardOpenOption.WRITE), attributes(OWNER));
	}

	private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
		return hasPermissions() ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

	private boolean hasPermissions() {
		return this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	/**
	 * Makes a new text of the present one.
	 */
	@FunctionalInterface
	public interface Change {

		/**
		 * Make the new text.
		 * @param current the present text, {@code null} if there is no file
		 * @return the new text
		 * @throws IOException if the present text is not what is expected
		 */
		String apply(@Nullable String current) throws IOException;

	}

}
