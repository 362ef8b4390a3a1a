package io.irpc.sample.daemon.ftp;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

import io.irpc.sample.daemon.ingest.Intake;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFtpFile;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the inbox under the name that the client gives it.
 * <p>
 * While it is uploaded, the bytes are in a file whose name ends in {@code .part}, which
 * stays there if the upload is cut off: a client can resume it, or begin anew. The
 * complete file leaves the inbox at once. A name that a client uses for an upload which
 * it renames afterwards is left as it is, and the renaming completes the upload.
 */
final class InboxFile extends NativeFtpFile {

	private static final Logger logger = LoggerFactory.getLogger(InboxFile.class);

	private final Intake intake;

	private final Path path;

	InboxFile(String name, File file, User user, Intake intake) {
		super(name, physical(file), user);
		this.intake = intake;
		this.path = physical(file).toPath();
	}

	private static File physical(File file) {
		return Intake.isUnfinished(file.getName()) ? file : new File(file.getPath() + Intake.PARTIAL);
	}

	Path path() {
		return this.path;
	}

	/**
	 * Hand the file over, unless its name says that it is still to be renamed.
	 */
	void complete() throws IOException {
		if (!Intake.isUnfinished(getName())) {
			this.intake.take(this.path, getName());
		}
	}

	/**
	 * Begin to write at an offset, which the file must have reached: a hole in it would
	 * be read as measurements.
	 */
	@Override
	public OutputStream createOutputStream(long offset) throws IOException {
		if (offset > getSize()) {
			throw new IOException("offset: " + offset + " (expected: <= " + getSize() + ")");
		}
		return super.createOutputStream(offset);
	}

	@Override
	public boolean move(FtpFile destination) {
		if (!Intake.isUnfinished(getName())) {
			return false;
		}
		if (Intake.isUnfinished(destination.getName())) {
			return super.move(destination);
		}
		try {
			this.intake.take(this.path, destination.getName());
			return true;
		}
		catch (IOException ex) {
			logger.warn("{} cannot be taken: {}", this.path, ex.toString());
			return false;
		}
	}

}
