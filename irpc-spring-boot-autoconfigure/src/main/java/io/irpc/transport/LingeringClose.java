package io.irpc.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

/**
 * Ends a channel so that the peer can still read what was sent before: closing with
 * unread bytes would destroy it.
 */
final class LingeringClose {

	private static final Duration LINGER = Duration.ofSeconds(2);

	private final Channel channel;

	private final Duration writeTimeout;

	LingeringClose(Channel channel, Duration writeTimeout) {
		this.channel = channel;
		this.writeTimeout = writeTimeout;
	}

	/**
	 * End the output when what was written before has left, then wait for a while for the
	 * peer to end its own.
	 */
	void start() {
		this.channel.writeAndFlush(this.channel.alloc().buffer(0)).addListener((written) -> endTls());
		closeAfter(this.writeTimeout);
	}

	/**
	 * The peer will send nothing more: if it is told everything, nothing is left to do.
	 */
	void inputClosed() {
		if (this.channel instanceof DuplexChannel duplex && duplex.isOutputShutdown()) {
			this.channel.close();
		}
	}

	private void endTls() {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound().addListener((notified) -> endOutput());
		}
		else {
			endOutput();
		}
	}

	private void endOutput() {
		if (this.channel instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
			duplex.shutdownOutput();
			closeAfter(LINGER);
		}
		else {
			this.channel.close();
		}
	}

	private void closeAfter(Duration delay) {
		Future<?> timer = this.channel.eventLoop()
			.schedule(() -> this.channel.close(), delay.toNanos(), TimeUnit.NANOSECONDS);
		this.channel.closeFuture().addListener((closed) -> timer.cancel(false));
	}

}
