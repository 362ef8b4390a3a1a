package io.irpc.autoconfigure;

import java.nio.file.Path;

import io.irpc.server.IrpcServerSettings;

/**
 * Finds the directory in which a server keeps its key and what else it must remember.
 */
public final class ServerDirectory {

	private ServerDirectory() {
	}

	/**
	 * Find the directory.
	 * @param properties where it is said
	 * @param settings the name of the server, for the default
	 * @return the directory, which need not exist
	 */
	public static Path of(IrpcServerSslProperties properties, IrpcServerSettings settings) {
		Path directory = properties.getDirectory();
		String name = settings.session().name().replaceAll("[^A-Za-z0-9_-]", "_");
		return (directory != null) ? directory : Path.of(System.getProperty("user.home"), ".irpc", name);
	}

}
