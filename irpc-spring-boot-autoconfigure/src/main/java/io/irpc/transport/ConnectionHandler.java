package io.irpc.transport;

import java.io.IOException;

import javax.net.ssl.SSLException;

import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.ProtocolException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Passes what happens on a channel to the {@link ConnectionListener}.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(ConnectionHandler.class);

	private final IrpcConnection connection;

	private final ConnectionListener listener;

	private boolean inputClosed;

	ConnectionHandler(IrpcConnection connection, ConnectionListener listener) {
		this.connection = connection;
		this.listener = listener;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof IrpcMessage irpcMessage) {
			this.listener.received(irpcMessage);
		}
		else if (message instanceof ProtocolException ex) {
			this.listener.malformed(ex);
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.listener.opened();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownReadComplete) {
			inputClosed();
			this.connection.inputClosed();
		}
		else if (event instanceof SslCloseCompletionEvent tlsClosed && tlsClosed.isSuccess()) {
			inputClosed();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.listener.closed(this.connection.closeReason());
		this.connection.forget();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (cause instanceof IOException) {
			this.connection.abort("I/O error: " + cause.getMessage());
		}
		else if (cause instanceof DecoderException && cause.getCause() instanceof SSLException ex) {
			this.connection.abort("TLS failed: " + TlsFailure.describe(ex));
		}
		else {
			logger.error("Unexpected failure on " + this.connection, LogSafe.failure(cause));
			this.connection.abort("internal failure");
		}
	}

	// over TLS the peer says so twice: to TLS and to TCP
	private void inputClosed() {
		if (!this.inputClosed) {
			this.inputClosed = true;
			this.listener.inputClosed();
		}
	}

}
