package io.irpc.transport;

import java.io.IOException;

import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.ProtocolException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Passes what happens on a channel to the {@link ConnectionListener}.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(ConnectionHandler.class);

	private final IrpcConnection connection;

	private final ConnectionListener listener;

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
			this.listener.inputClosed();
			this.connection.inputClosed();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.listener.closed(this.connection.closeReason());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (cause instanceof IOException) {
			this.connection.abort("I/O error: " + cause.getMessage());
		}
		else {
			logger.error("Unexpected failure on " + this.connection, cause);
			this.connection.abort("internal failure");
		}
	}

}
