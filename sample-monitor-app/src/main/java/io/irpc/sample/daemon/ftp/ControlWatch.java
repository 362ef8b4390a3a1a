package io.irpc.sample.daemon.ftp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.apache.ftpserver.impl.ServerDataConnectionFactory;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;

/**
 * Notices during an upload that the client aborts it or goes away.
 * <p>
 * A data connection that ends says nothing about it: it ends in the same way when the
 * file is complete and when the client dies. The control connection tells, but FtpServer
 * reads from it only when the upload is over.
 */
final class ControlWatch extends IoFilterAdapter {

	/**
	 * How long after the data connection the control connection may end, when one client
	 * ends both at once.
	 */
	private static final Duration GRACE = Duration.ofMillis(200);

	/**
	 * The command, perhaps behind the control bytes that Telnet asks for.
	 */
	private static final Pattern ABOR = Pattern.compile("(?im)^\\W*ABOR\\b");

	private final CompletableFuture<Boolean> abort = new CompletableFuture<>();

	private final CompletableFuture<Void> closed;

	ControlWatch(ServerDataConnectionFactory dataConnection) {
		// in a thread of its own: the one that notices reads for other clients too, and
		// closing waits for a data connection that is just being made
		this.closed = this.abort.thenRunAsync(dataConnection::closeDataConnection,
				(closing) -> new Thread(closing, "ftp-abort").start());
	}

	@Override
	public void messageReceived(NextFilter nextFilter, IoSession session, Object message) throws Exception {
		IoBuffer bytes = ((IoBuffer) message).duplicate();
		if (ABOR.matcher(bytes.getString(StandardCharsets.ISO_8859_1.newDecoder())).find()) {
			abort();
		}
		nextFilter.messageReceived(session, message);
	}

	@Override
	public void inputClosed(NextFilter nextFilter, IoSession session) throws Exception {
		abort();
		nextFilter.inputClosed(session);
	}

	@Override
	public void sessionClosed(NextFilter nextFilter, IoSession session) throws Exception {
		abort();
		nextFilter.sessionClosed(session);
	}

	/**
	 * Say that the client does not wait for the end of the upload.
	 */
	void abort() {
		this.abort.complete(true);
	}

	/**
	 * Wait for an abort that comes with the end of the data connection.
	 * @return whether there was one, then or before
	 */
	boolean isAborted() {
		return this.abort.copy().completeOnTimeout(false, GRACE.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	/**
	 * End the watch. From then on it does not close any data connection.
	 */
	void end() {
		if (!this.abort.cancel(false)) {
			this.closed.join();
		}
	}

}
