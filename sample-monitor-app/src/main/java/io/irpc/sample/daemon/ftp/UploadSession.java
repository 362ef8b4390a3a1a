package io.irpc.sample.daemon.ftp;

import java.io.IOException;

import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.mina.core.future.WriteFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands an uploaded file over before the client hears that the upload is complete, so
 * that what the client relies on is already true.
 */
final class UploadSession extends FtpIoSession {

	private static final Logger logger = LoggerFactory.getLogger(UploadSession.class);

	private final InboxFile file;

	private final ControlWatch watch;

	UploadSession(FtpIoSession session, FtpServerContext context, InboxFile file, ControlWatch watch) {
		super(session, context);
		this.file = file;
		this.watch = watch;
	}

	@Override
	public WriteFuture write(Object message) {
		FtpReply reply = (FtpReply) message;
		if (reply.getCode() == FtpReply.REPLY_226_CLOSING_DATA_CONNECTION) {
			reply = complete(reply);
		}
		if (reply.getCode() >= 400) {
			logger.info("Upload of {} failed, what has arrived is kept in {}: {}", this.file.getName(),
					this.file.path(), reply.getMessage());
		}
		return super.write(reply);
	}

	private FtpReply complete(FtpReply reply) {
		try {
			if (this.watch.isAborted()) {
				return new DefaultFtpReply(FtpReply.REPLY_426_CONNECTION_CLOSED_TRANSFER_ABORTED,
						"Aborted by the client");
			}
			this.file.complete();
			return reply;
		}
		catch (IOException ex) {
			return new DefaultFtpReply(FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, ex.toString());
		}
	}

}
