package io.irpc.transport;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

import io.irpc.protocol.LogSafe;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Withholds a channel from the handlers behind it until it is ready for messages: in
 * plain text, or with its TLS handshake done.
 */
final class OpeningHandler extends ChannelInboundHandlerAdapter {

	/**
	 * Tells this handler that the channel goes on in plain text.
	 */
	static final Object PLAIN_TEXT = new Object();

	private static final Log logger = LogFactory.getLog(OpeningHandler.class);

	private static final String TLS_1_2 = "TLSv1.2";

	private final IrpcConnection connection;

	private final Duration timeout;

	private final CompletableFuture<Void> opened;

	private @Nullable Future<?> timer;

	/**
	 * Create a handler for one channel.
	 * @param connection the connection over the channel
	 * @param timeout time in which the channel must become ready
	 * @param opened completed when it is ready, or with what has prevented it
	 */
	OpeningHandler(IrpcConnection connection, Duration timeout, CompletableFuture<Void> opened) {
		this.connection = connection;
		this.timeout = timeout;
		this.opened = opened;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.timer = ctx.executor().schedule(() -> late(ctx), this.timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void late(ChannelHandlerContext ctx) {
		TlsDetector detector = ctx.pipeline().get(TlsDetector.class);
		if (detector != null && detector.isPlainTextAccepted(ctx.channel())) {
			// a person who types has not begun; a program would have sent its ClientHello
			ctx.pipeline().remove(detector);
			open(ctx);
			return;
		}
		fail(new SSLException("No TLS handshake within " + this.timeout));
		ctx.channel().close();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		// of a connection that was refused
		ReferenceCountUtil.release(message);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event == PLAIN_TEXT) {
			open(ctx);
		}
		else if (event instanceof SslHandshakeCompletionEvent handshake) {
			if (handshake.isSuccess()) {
				openEncrypted(ctx);
			}
			else {
				fail(TlsFailure.of(handshake.cause()));
			}
		}
		else if (event instanceof ChannelInputShutdownReadComplete) {
			if (this.connection.isClosing()) {
				this.connection.inputClosed();
			}
			else {
				ctx.channel().close();
			}
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		fail(TlsFailure.of(new ClosedChannelException()));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail(TlsFailure.of(cause));
		ctx.channel().close();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	private void openEncrypted(ChannelHandlerContext ctx) {
		SslHandler tls = ctx.pipeline().get(SslHandler.class);
		SSLSession session = tls.engine().getSession();
		this.connection.encrypted(session);
		if (session.getProtocol().equals(TLS_1_2)) {
			ctx.pipeline().addAfter(ctx.name(), null, new RenegotiationGuard(this.connection, tls.engine()));
		}
		open(ctx);
	}

	private void open(ChannelHandlerContext ctx) {
		ctx.fireChannelActive();
		ctx.pipeline().remove(this);
		this.opened.complete(null);
	}

	private void fail(SSLException failure) {
		if (this.opened.completeExceptionally(failure)) {
			logger.debug(this.connection + " was not opened: " + LogSafe.text(failure.getMessage()));
		}
	}

}
