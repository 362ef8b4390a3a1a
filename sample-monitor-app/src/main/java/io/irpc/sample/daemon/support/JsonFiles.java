package io.irpc.sample.daemon.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Keeps a value as JSON in a file that is at any moment either the old or the new one.
 */
@Component
public final class JsonFiles {

	/**
	 * Ending of a file that is being written.
	 */
	public static final String TEMPORARY = ".tmp";

	private final JsonMapper mapper;

	/**
	 * Create an instance.
	 * @param mapper converts the values
	 */
	public JsonFiles(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Read a value.
	 * @param <T> the type of the value
	 * @param file the file
	 * @param type the type of the value
	 * @return the value
	 * @throws IOException if the file cannot be read or does not hold such a value
	 */
	public <T> T read(Path file, Class<T> type) throws IOException {
		try {
			return this.mapper.readValue(Files.readAllBytes(file), type);
		}
		catch (JacksonException ex) {
			throw new IOException(file + ": " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Write a value, which is on the disk when this method returns.
	 * @param file the file
	 * @param value the value
	 * @throws IOException if it cannot be written: the file is then unchanged
	 */
	public void write(Path file, Object value) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
		try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
			ByteBuffer json = ByteBuffer.wrap(this.mapper.writeValueAsBytes(value));
			while (json.hasRemaining()) {
				channel.write(json);
			}
			channel.force(true);
		}
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
	}

}
