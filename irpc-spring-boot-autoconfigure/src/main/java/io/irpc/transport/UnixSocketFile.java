package io.irpc.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The file of a Unix domain socket that this process listens on.
 */
final class UnixSocketFile {

	private static final Log logger = LogFactory.getLog(UnixSocketFile.class);

	private static final int FILE_TYPE_MASK = 0xF000;

	private static final int SOCKET_FILE_TYPE = 0xC000;

	private final Path path;

	UnixSocketFile(Path path) {
		this.path = path;
	}

	/**
	 * Make way for the socket, but never remove a file of another kind, or a socket that
	 * is in use.
	 */
	void prepare() throws IOException {
		if (!Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		if (!isSocket()) {
			throw new BindException("The file exists and is not a socket: " + this.path);
		}
		if (isAnswered()) {
			throw new BindException("Address already in use: " + this.path);
		}
		Files.delete(this.path);
	}

	void restrict() throws IOException {
		Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rw-------"));
	}

	void delete() {
		try {
			if (Files.exists(this.path, LinkOption.NOFOLLOW_LINKS) && isSocket()) {
				Files.delete(this.path);
			}
		}
		catch (IOException ex) {
			logger.warn("Cannot delete the Unix domain socket " + this.path + ": " + ex.getMessage());
		}
	}

	private boolean isSocket() throws IOException {
		int mode = (int) Files.getAttribute(this.path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
		return (mode & FILE_TYPE_MASK) == SOCKET_FILE_TYPE;
	}

	// does not wait for a busy listener; only a refusal proves that there is none
	private boolean isAnswered() {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.configureBlocking(false);
			channel.connect(UnixDomainSocketAddress.of(this.path));
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
