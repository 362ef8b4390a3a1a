package io.irpc.sample.daemon.ftp;

import io.irpc.sample.daemon.support.StartupException;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Runs the FTP server while the application runs.
 */
@Component
public final class FtpReceiver implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(FtpReceiver.class);

	private final InboxServerFactory factory;

	private volatile @Nullable FtpServer server;

	private volatile int port;

	FtpReceiver(InboxServerFactory factory) {
		this.factory = factory;
	}

	@Override
	public void start() {
		Listener listener = this.factory.listener();
		try {
			FtpServer started = this.factory.create(listener);
			started.start();
			this.server = started;
			this.port = listener.getPort();
			logger.info("FTP server started on port {}", this.port);
		}
		catch (FtpException | FtpServerConfigurationException ex) {
			throw new StartupException(
					"The FTP server cannot listen on " + listener.getServerAddress() + ":" + listener.getPort() + ": "
							+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage() + ".",
					"Stop what uses the port, or set the property 'sample.ftp.port' to another one, "
							+ "or to 0 for any free one.",
					ex);
		}
	}

	@Override
	public void stop() {
		FtpServer stopped = this.server;
		this.server = null;
		if (stopped != null) {
			stopped.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	/**
	 * Return the port on which the server listens.
	 * @return the port, 0 before the start
	 */
	public int port() {
		return this.port;
	}

}
