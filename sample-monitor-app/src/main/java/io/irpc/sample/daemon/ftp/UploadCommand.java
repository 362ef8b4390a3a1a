package io.irpc.sample.daemon.ftp;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;

/**
 * Guards one of FtpServer's commands that receive a file: one upload of a name at a time,
 * handed over when it is complete.
 */
final class UploadCommand implements Command {

	private final Command command;

	private final Set<Path> uploads;

	/**
	 * Create a command.
	 * @param command receives the file
	 * @param uploads what is being uploaded, shared by all commands
	 */
	UploadCommand(Command command, Set<Path> uploads) {
		this.command = command;
		this.uploads = uploads;
	}

	@Override
	public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
			throws IOException, FtpException {
		InboxFile file = find(session, request);
		if (file == null) {
			session.write(new DefaultFtpReply(FtpReply.REPLY_553_REQUESTED_ACTION_NOT_TAKEN_FILE_NAME_NOT_ALLOWED,
					"This name cannot be used for a file"));
			return;
		}
		if (!this.uploads.add(file.path())) {
			session.write(new DefaultFtpReply(FtpReply.REPLY_450_REQUESTED_FILE_ACTION_NOT_TAKEN,
					file.getName() + " is being uploaded by another client"));
			return;
		}
		ControlWatch watch = new ControlWatch(session.getDataConnection());
		session.getFilterChain().addFirst("controlWatch", watch);
		if (session.isClosing()) {
			// since before the watch began
			watch.abort();
		}
		try {
			this.command.execute(new UploadSession(session, context, file, watch), context, request);
		}
		finally {
			session.getFilterChain().remove(watch);
			watch.end();
			this.uploads.remove(file.path());
		}
	}

	private static @Nullable InboxFile find(FtpIoSession session, FtpRequest request) throws FtpException {
		try {
			return (request.hasArgument()
					&& session.getFileSystemView().getFile(request.getArgument()) instanceof InboxFile file) ? file
							: null;
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

}
