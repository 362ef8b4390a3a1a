package io.irpc.sample.daemon.ftp;

import io.irpc.sample.daemon.ingest.Intake;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFileSystemView;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFtpFile;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;

/**
 * Shows the inbox to an FTP client.
 */
final class InboxView extends NativeFileSystemView {

	private final User user;

	private final Intake intake;

	InboxView(User user, Intake intake) throws FtpException {
		super(user, false);
		this.user = user;
		this.intake = intake;
	}

	@Override
	public FtpFile getFile(String name) {
		NativeFtpFile file = (NativeFtpFile) super.getFile(name);
		return file.isDirectory() ? file
				: new InboxFile(file.getAbsolutePath(), file.getPhysicalFile(), this.user, this.intake);
	}

}
