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
import java.time.Clock;
import java.util.Set;

/**
 * Keeps the {@link ServerIdentity} of a server in a file that only its owner may read, as
 * far as the file system has permissions.
 *
 * @since 0.1.0
 */
public final class IdentityFile {

	private static final String NAME = "identity.pem";

	private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private static final Object MONITOR = new Object();

	private final Path directory;

	private final Path path;

	/**
	 * Create a file that need not exist yet.
	 * @param directory the directory that it is in, made if there is none
	 */
	public IdentityFile(Path directory) {
		this.directory = directory;
		this.path = directory.resolve(NAME);
	}

	/**
	 * Return where the file is.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Read the identity, or make one. Processes that do so at the same time get the same
	 * one.
	 * @param clock tells the time from which on the certificate of a new one is valid
	 * @return the identity
	 * @throws InvalidIdentityException if the file exists and is damaged, cannot be read,
	 * or may be read by others
	 * @throws IOException if the file cannot be written
	 */
	public ServerIdentity readOrCreate(Clock clock) throws IOException {
		if (!exists()) {
			create(clock);
		}
		return read();
	}

	private void create(Clock clock) throws IOException {
		Files.createDirectories(this.directory, attributes(this.directory, OWNER_DIRECTORY));
		// a lock of a file is one between processes only
		synchronized (MONITOR) {
			try (FileChannel channel = open(NAME + ".lock", StandardOpenOption.CREATE);
					FileLock lock = channel.lock()) {
				if (lock.isValid() && !exists()) {
					write(ServerIdentity.create(clock));
				}
			}
		}
	}

	// nobody may ever see a part of it
	private void write(ServerIdentity identity) throws IOException {
		String temporary = NAME + ".new";
		Files.deleteIfExists(this.directory.resolve(temporary));
		try (FileChannel channel = open(temporary, StandardOpenOption.CREATE_NEW)) {
			ByteBuffer content = ByteBuffer.wrap(identity.toPem().getBytes(StandardCharsets.US_ASCII));
			while (content.hasRemaining()) {
				channel.write(content);
			}
			channel.force(true);
		}
		Files.move(this.directory.resolve(temporary), this.path, StandardCopyOption.ATOMIC_MOVE);
	}

	private ServerIdentity read() throws IOException {
		if (hasPermissions(this.directory)) {
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(this.path);
			if (!OWNER.containsAll(permissions)) {
				throw new InvalidIdentityException("others than its owner may use it: its permissions are "
						+ PosixFilePermissions.toString(permissions) + " (expected: rw-------)", null);
			}
		}
		try {
			return ServerIdentity.ofPem(Files.readString(this.path, StandardCharsets.US_ASCII));
		}
		catch (InvalidIdentityException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new InvalidIdentityException("it cannot be read: " + ex, ex);
		}
	}

	private boolean exists() {
		return Files.exists(this.path, LinkOption.NOFOLLOW_LINKS);
	}

	private FileChannel open(String name, StandardOpenOption creation) throws IOException {
		return FileChannel.open(this.directory.resolve(name), Set.of(creation, StandardOpenOption.WRITE),
				attributes(this.directory, OWNER));
	}

	private static FileAttribute<?>[] attributes(Path directory, Set<PosixFilePermission> permissions) {
		return hasPermissions(directory) ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

	private static boolean hasPermissions(Path directory) {
		return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

}
