package io.irpc.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.irpc.service.IrpcConfigurationException;

/**
 * Tells what is wrong with an address that cannot be bound.
 */
final class BindProblem {

	private static final int MAX_PATH_LENGTH = 107;

	private BindProblem() {
	}

	static IrpcConfigurationException describe(SocketAddress address, Exception ex) {
		if (address instanceof UnixDomainSocketAddress unix) {
			return unix(unix.getPath(), ex);
		}
		if (address instanceof InetSocketAddress tcp) {
			return tcp(tcp, ex);
		}
		return new IrpcConfigurationException("The IRPC server cannot listen on " + address + ": " + ex.getMessage(),
				"Give each server of this process a LocalAddress bean with a name of its own.", ex);
	}

	private static IrpcConfigurationException tcp(InetSocketAddress address, Exception ex) {
		if (address.isUnresolved()) {
			return new IrpcConfigurationException(
					"irpc.server.address=" + address.getHostString() + " is not a known host",
					"Set irpc.server.address to a name or address of this machine.", ex);
		}
		String where = address.getAddress().getHostAddress() + ":" + address.getPort();
		String message = String.valueOf(ex.getMessage());
		// the native transports have exceptions of their own
		if (message.contains("in use")) {
			return new IrpcConfigurationException("The IRPC server cannot listen on " + where + ": the port is in use",
					"Stop the process that listens there, or set irpc.server.port to another port (0 for any free one).",
					ex);
		}
		return new IrpcConfigurationException("The IRPC server cannot listen on " + where + ": " + message,
				"Check irpc.server.address, which must be an address of this machine, and irpc.server.port,"
						+ " which this process must be allowed to use.",
				ex);
	}

	private static IrpcConfigurationException unix(Path path, Exception ex) {
		String description = "The IRPC server cannot listen on irpc.server.unix-socket=" + path;
		Path directory = path.toAbsolutePath().getParent();
		if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_LENGTH) {
			return new IrpcConfigurationException(description + ": the path is too long",
					"Choose a path of at most " + MAX_PATH_LENGTH + " bytes, a limit of the operating system.", ex);
		}
		if (directory == null || !Files.isDirectory(directory)) {
			return new IrpcConfigurationException(description + ": its directory does not exist",
					"Create " + directory + " or choose another path.", ex);
		}
		if (!Files.isWritable(directory)) {
			return new IrpcConfigurationException(description + ": its directory is not writable",
					"Let this process write to " + directory + " or choose another path.", ex);
		}
		return new IrpcConfigurationException(description + ": " + ex.getMessage(),
				"Stop the process that listens there, remove the file, or choose another path.", ex);
	}

}
